package io.wxflux.control;

import io.wxflux.event.AccountStatus;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Contacts and accounts as this endpoint writes them. */
final class ContactJson {
    private static final int MOST_NAMES = 5;

    private ContactJson() {}

    static ObjectNode of(Contact contact) {
        ObjectNode json = Json.object();
        json.put("userName", contact.userName().value());
        json.put("kind", kind(contact));
        Json.known(json, "nickName", contact.nickName());
        Json.known(json, "remarkName", contact.remarkName());
        Json.known(json, "alias", contact.alias());
        StableId stableId = contact.stableId();
        Json.known(json, "stableId", stableId == null ? null : stableId.value());
        if (contact.isRoom()) {
            json.put("members", contact.memberCount());
            if (contact.nickName().isBlank()) {
                Json.known(json, "memberNames", names(contact));
            }
        }
        return json;
    }

    /** What a room without a topic is called: by some of its members. */
    private static @Nullable String names(Contact room) {
        String names = room.members().stream()
                .map(member -> member.displayName().isBlank() ? member.nickName() : member.displayName())
                .filter(name -> !name.isBlank())
                .limit(MOST_NAMES)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : names;
    }

    static ObjectNode of(Contact.Member member) {
        ObjectNode json = Json.object();
        json.put("userName", member.userName().value());
        Json.known(json, "nickName", member.nickName());
        Json.known(json, "displayName", member.displayName());
        return json;
    }

    static ObjectNode of(AccountStatus status) {
        ObjectNode json = Json.object();
        json.put("id", status.account().value());
        json.put("state", status.state().name());
        if (status.uin() != null) {
            json.put("uin", status.uin().value());
        }
        Json.known(json, "nickName", status.nickName());
        Json.known(json, "since", status.since());
        json.put("received", status.received());
        json.put("duplicates", status.duplicates());
        json.put("journalEnd", status.journalEnd());
        ObjectNode cursors = Json.object();
        status.cursors().forEach(cursors::put);
        json.set("cursors", cursors);
        ObjectNode sinks = json.putObject("sinks");
        new TreeMap<>(status.sinks()).forEach((name, lag) -> {
            ObjectNode sink = sinks.putObject(name).put("behind", lag.events());
            Json.known(sink, "since", lag.since());
            Json.known(sink, "trouble", lag.trouble());
        });
        Json.known(json, "pollHost", status.pollHost());
        Json.known(json, "lastError", status.lastError());
        Json.known(json, "nextTry", status.nextTry());
        ObjectNode resting = Json.object();
        status.resting().forEach((operation, until) -> resting.put(operation, until.toString()));
        json.set("resting", resting);
        json.put("outbox", status.outbox());
        return json;
    }

    /** @param remarks what the account itself calls people */
    static ArrayNode members(Contact room, Map<UserName, String> remarks) {
        ArrayNode members = Json.array();
        room.members().forEach(member -> {
            ObjectNode json = of(member);
            Json.known(json, "remarkName", remarks.get(member.userName()));
            members.add(json);
        });
        return members;
    }

    static String kind(Contact contact) {
        return contact.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
