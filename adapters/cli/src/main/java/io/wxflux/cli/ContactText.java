package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import tools.jackson.databind.JsonNode;

/** Contacts of the endpoint in words for people. Made harmless: names are what strangers call themselves. */
final class ContactText {
    private static final int NAME = 40;

    private ContactText() {}

    /** As the account's owner knows them: the remark, the card name, the nick name, or the UserName. */
    static String name(JsonNode contact) {
        for (String field : new String[] {"remarkName", "displayName", "nickName"}) {
            String name = contact.path(field).asString("");
            if (!name.isBlank()) {
                return TerminalText.line(name, NAME);
            }
        }
        return userName(contact);
    }

    static String userName(JsonNode contact) {
        return TerminalText.line(contact.path("userName").asString(""), 140);
    }

    static String field(JsonNode contact, String field) {
        return TerminalText.line(contact.path(field).asString(""), NAME);
    }

    /** Enough to tell two of the same name apart. */
    static String candidate(JsonNode contact) {
        StringBuilder text = new StringBuilder(name(contact));
        String nickName = field(contact, "nickName");
        if (!nickName.isEmpty() && !nickName.equals(name(contact))) {
            text.append(", ").append(nickName);
        }
        if (!field(contact, "alias").isEmpty()) {
            text.append(", ").append(field(contact, "alias"));
        }
        String kind = contact.path("kind").asString("");
        if (!kind.isEmpty() && !kind.equals("person")) {
            text.append(" (").append(TerminalText.line(kind, 20)).append(')');
        }
        return text.append("  ").append(userName(contact)).toString();
    }
}
