package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Messages and faults as the control API writes them. */
final class ControlMessages {

    private ControlMessages() {}

    /** Reads {@code {"kind": "text", "from": "friend:1", "text": "…"}} and the like. */
    static SimMessage read(SimAccount account, JsonNode body) {
        String text = Json.text(body.path("text"));
        SimMessage message = switch (Json.text(body.path("kind"))) {
            case "text" -> {
                SimPeer from = peer(body, "from", "friend:1");
                yield from.kind() == SimPeer.Kind.MEMBER
                        ? SimMessage.roomText(from, text)
                        : SimMessage.text(from, text);
            }
            case "own" -> SimMessage.ownText(peer(body, "to", "friend:1"), text);
            case "system" -> SimMessage.system(peer(body, "from", "friend:1"), text);
            case "recall" -> recall(body, text);
            case "status" -> SimMessage.statusNotify(body.path("code").asInt(4), peers(body));
            case "raw" -> {
                SimMessage raw = SimMessage.raw(
                        body.path("msgType").asInt(1),
                        peer(body, "from", "friend:1"),
                        peer(body, "to", "self"),
                        Json.text(body.path("content")),
                        Json.toMap(body.path("fields")));
                yield body.has("member") ? raw.writtenBy(peer(body, "member", "")) : raw;
            }
            case "contact-changed" ->
                SimMessage.contactChanged(peer(body, "peer", "friend:1"), Json.toMap(body.path("fields")));
            case "contact-removed" -> SimMessage.contactRemoved(peer(body, "peer", "friend:1"));
            default -> made(account, body);
        };
        if (body.has("own")) {
            message = message.sentTo(peer(body, "own", "filehelper"));
        }
        if (body.path("lost").asBoolean(false)) {
            message = message.withLostMedia();
        }
        return body.has("selector") ? message.withSelector(body.path("selector").asInt(2)) : message;
    }

    private static SimMessage made(SimAccount account, JsonNode body) {
        String kind = Json.text(body.path("kind"));
        return required(
                kind,
                MessageKinds.make(kind, new MessageKinds.Draft(account, peer(body, "from", "friend:1"), body, "")));
    }

    /** A message of a kind with nothing said about it; {@code mark} begins its text. */
    static SimMessage made(SimAccount account, String kind, SimPeer from, String mark) {
        return required(kind, MessageKinds.make(kind, new MessageKinds.Draft(account, from, Json.none(), mark)));
    }

    private static SimMessage required(String kind, @Nullable SimMessage message) {
        if (message == null) {
            throw new IllegalArgumentException("kind is text, own, system, recall, status, raw, contact-changed,"
                    + " contact-removed, burst, " + String.join(", ", MessageKinds.names()) + ", not " + kind);
        }
        return message;
    }

    private static SimMessage recall(JsonNode body, String text) {
        SimPeer from = peer(body, "from", "friend:1");
        boolean inRoom = from.kind() == SimPeer.Kind.MEMBER;
        return SimMessage.recall(
                inRoom ? SimPeer.room(from.index()) : from,
                inRoom ? from : null,
                Json.text(body.path("msgId")),
                text.isEmpty() ? "撤回了一条消息" : text);
    }

    private static SimPeer peer(JsonNode body, String field, String otherwise) {
        return SimPeer.parse(body.path(field).asString(otherwise));
    }

    private static List<SimPeer> peers(JsonNode body) {
        List<SimPeer> peers = new ArrayList<>();
        for (JsonNode each : body.path("about")) {
            peers.add(SimPeer.parse(Json.text(each)));
        }
        return peers;
    }
}
