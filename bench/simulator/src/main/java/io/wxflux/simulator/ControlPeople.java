package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Friends and rooms as the control API changes them. */
final class ControlPeople {

    private ControlPeople() {}

    private static SimPeer peer(JsonNode body, String field) {
        return SimPeer.parse(Json.text(body.path(field)));
    }

    private static @Nullable SimPeer by(JsonNode body) {
        return body.has("by") ? peer(body, "by") : null;
    }

    static Object friends(SimAccount account) {
        List<Object> verifications = new ArrayList<>();
        account.friends()
                .verifications()
                .forEach(one -> verifications.add(
                        Json.object("opcode", one.opcode(), "who", one.who().toString(), "text", one.text())));
        return Json.object(
                "verifications",
                verifications,
                "read",
                account.friends().read().stream()
                        .map(SimPeer::toString)
                        .sorted()
                        .toList());
    }

    static Object friend(SimAccount account, JsonNode body) {
        SimFriends friends = account.friends();
        SimPeer who = peer(body, "who");
        String text = Json.text(body.path("text"));
        switch (Json.text(body.path("action"))) {
            case "request" -> friends.request(who, text);
            case "confirm" -> friends.confirm(who);
            case "remove" -> friends.remove(who);
            case "rename" -> friends.rename(who, text);
            case "picture" -> friends.changePicture(who);
            case "feel" -> friends.feel(who, SimFriends.Attitude.valueOf(text.toUpperCase(Locale.ROOT)));
            default ->
                throw new IllegalArgumentException("action is request, confirm, remove, rename, picture or feel");
        }
        return Json.object("last", account.lastSeq());
    }

    static Object rooms(SimAccount account) {
        List<Object> invitations = new ArrayList<>();
        account.rooms()
                .invitations()
                .forEach(one -> invitations.add(Json.object(
                        "room", one.room().toString(), "who", one.who().toString())));
        return Json.object("invitations", invitations);
    }

    static Object room(SimAccount account, JsonNode body) {
        SimRooms rooms = account.rooms();
        String text = Json.text(body.path("text"));
        String result = "";
        switch (Json.text(body.path("action"))) {
            case "create" -> result = rooms.create(members(body), text).toString();
            case "join" ->
                result = rooms.join(peer(body, "room"), peer(body, "who"), by(body))
                        .toString();
            case "join-by-code" ->
                result = rooms.joinByCode(peer(body, "room"), peer(body, "who"), peer(body, "by"))
                        .toString();
            case "leave" -> rooms.leaveQuietly(peer(body, "who"));
            case "remove" -> rooms.remove(peer(body, "who"));
            case "remove-self" -> rooms.removeSelf(peer(body, "room"));
            case "rename" -> rooms.rename(peer(body, "room"), text, by(body));
            case "own" -> rooms.own(peer(body, "who"));
            case "quit" -> rooms.quit(peer(body, "room"));
            default ->
                throw new IllegalArgumentException(
                        "action is create, join, join-by-code, leave, remove, remove-self," + " rename, own or quit");
        }
        return Json.object("result", result, "last", account.lastSeq());
    }

    private static List<SimPeer> members(JsonNode body) {
        List<SimPeer> members = new ArrayList<>();
        body.path("members").forEach(each -> members.add(SimPeer.parse(Json.text(each))));
        return members;
    }
}
