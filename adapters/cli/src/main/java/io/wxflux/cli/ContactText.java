package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Contacts of the endpoint in words for people. Made harmless: names are what strangers call themselves. */
final class ContactText {
    private static final int NAME = 40;
    private static final Map<String, String> LABELS = Map.of(
            "remarkName", "remark", "displayName", "name in the room", "nickName", "nick name", "alias", "visible id");

    private ContactText() {}

    /** As the account's owner knows them: the remark, the card name, the nick name, a room's members, or the UserName. */
    static String name(JsonNode contact) {
        for (String field : new String[] {"remarkName", "displayName", "nickName"}) {
            String name = contact.path(field).asString("");
            if (!name.isBlank()) {
                return TerminalText.line(name, NAME);
            }
        }
        String members = TerminalText.line(contact.path("memberNames").asString(""), NAME);
        return members.isBlank() ? userName(contact) : members;
    }

    static String userName(JsonNode contact) {
        return TerminalText.line(contact.path("userName").asString(""), 140);
    }

    static String field(JsonNode contact, String field) {
        return TerminalText.line(contact.path(field).asString(""), NAME);
    }

    /** The id that is the same in every login; the UserName of who has none. */
    static String id(JsonNode contact) {
        String lasting = TerminalText.line(contact.path("stableId").asString(""), 140);
        return lasting.isEmpty() ? userName(contact) : lasting;
    }

    /** As {@link #id}, for tables: {@code -} where the service's long names are all there is. */
    static String shortId(JsonNode contact) {
        String id = id(contact);
        return id.startsWith("@") ? "-" : id;
    }

    /** Enough to tell two of the same name apart, and to name one of them. */
    static String candidate(JsonNode contact) {
        List<String> parts = new ArrayList<>();
        for (String field : new String[] {"remarkName", "displayName", "nickName", "alias"}) {
            String value = field(contact, field);
            if (!value.isEmpty()) {
                parts.add(LABELS.get(field) + " \"" + value + "\"");
            }
        }
        parts.add(id(contact));
        String kind = TerminalText.line(contact.path("kind").asString(""), 20);
        return String.join(", ", parts) + (kind.isEmpty() ? "" : " (" + kind + ")");
    }
}
