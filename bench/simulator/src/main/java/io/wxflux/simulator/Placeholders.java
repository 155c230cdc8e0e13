package io.wxflux.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills in who is meant in contents and fields; see {@link SimMessage}. */
final class Placeholders {

    private static final Pattern NAMED =
            Pattern.compile("\\$\\{(?:(id|name|xname|ticket|v1):)?([a-z_]+(?::\\d+){0,2})}");

    private Placeholders() {}

    static String fill(String text, SimMessage message, String msgId, Directory people, UserNames names) {
        if (!text.contains("${")) {
            return text;
        }
        return NAMED.matcher(text).replaceAll(found -> {
            String value = found.group(1) == null && found.group(2).equals("msgid")
                    ? msgId
                    : value(found.group(1), peer(found.group(2), message), people, names);
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    private static @Nullable SimPeer peer(String name, SimMessage message) {
        SimPeer member = message.member();
        switch (name) {
            case "sender":
                return member == null ? message.from() : member;
            case "receiver":
                return message.to();
            case "chat":
                return message.from().kind() == SimPeer.Kind.SELF ? message.to() : message.from();
            default:
                try {
                    return SimPeer.parse(name);
                } catch (IllegalArgumentException somethingElse) {
                    return null;
                }
        }
    }

    private static @Nullable String value(
            @Nullable String wanted, @Nullable SimPeer peer, Directory people, UserNames names) {
        if (peer == null || !people.has(peer)) {
            return null;
        }
        if (wanted == null) {
            return people.userName(names, peer);
        }
        return switch (wanted) {
            case "id" -> people.realId(peer);
            case "name" -> people.wireName(peer);
            case "xname" -> WireText.encodeXml(WireText.inXml(people.plainName(peer)));
            case "ticket" -> people.ticket(peer);
            default -> people.encryptedName(peer);
        };
    }
}
