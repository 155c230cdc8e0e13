package io.wxflux.sink;

import io.wxflux.model.SystemEvent;
import io.wxflux.model.SystemEvent.Named;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a system notice means: {@code what} and, where there are some, who did it, to whom, and how. */
final class CloudEventsNotice {
    private CloudEventsNotice() {}

    static void write(JsonGenerator json, SystemEvent event) {
        json.writeObjectPropertyStart("event");
        json.writeStringProperty("what", what(event));
        if (event instanceof SystemEvent.MembersJoined joined) {
            named(json, "by", joined.by());
            members(json, joined.members());
            json.writeStringProperty("how", CloudEventsJson.word(joined.how()));
        } else if (event instanceof SystemEvent.MembersRemoved removed) {
            named(json, "by", removed.by());
            members(json, removed.members());
        } else if (event instanceof SystemEvent.RoomRenamed renamed) {
            named(json, "by", renamed.by());
            CloudEventsJson.text(json, "name", renamed.name());
        } else if (event instanceof SystemEvent.OwnerChanged changed) {
            named(json, "owner", changed.owner());
        } else if (event instanceof SystemEvent.FriendConfirmed confirmed) {
            named(json, "friend", confirmed.friend());
        } else if (event instanceof SystemEvent.FriendLost lost) {
            named(json, "friend", lost.friend());
        }
        json.writeEndObject();
    }

    /** {@code MembersJoined} is {@code members-joined}. */
    private static String what(SystemEvent event) {
        var word = new StringBuilder();
        for (char c : event.getClass().getSimpleName().toCharArray()) {
            if (c >= 'A' && c <= 'Z') {
                word.append(word.length() == 0 ? "" : "-").append((char) (c - 'A' + 'a'));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private static void members(JsonGenerator json, List<Named> members) {
        json.writeArrayPropertyStart("members");
        for (Named member : members) {
            json.writeStartObject();
            fields(json, member);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void named(JsonGenerator json, String role, Named who) {
        if (!who.equals(Named.NOBODY)) {
            json.writeObjectPropertyStart(role);
            fields(json, who);
            json.writeEndObject();
        }
    }

    private static void fields(JsonGenerator json, Named who) {
        CloudEventsJson.known(json, "name", who.name());
        json.writeBooleanProperty("self", who.self());
        CloudEventsJson.known(json, "realId", who.realId());
    }
}
