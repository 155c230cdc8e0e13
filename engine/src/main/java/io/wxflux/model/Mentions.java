package io.wxflux.model;

import java.util.Collection;

/**
 * Whether a text mentions somebody. The service keeps its list of who is mentioned to the phones (PROTOCOL 19, 30): the
 * web has the text alone, so a name in it counts if a client could have written it. Somebody else whose name begins with
 * the same word and a space is taken for it too.
 */
public final class Mentions {
    private static final char AFTER_MENTION = '\u2005';

    private Mentions() {}

    /**
     * {@code @name} followed by the blank that clients put behind it, a space, a line end or the end of the text.
     *
     * @param text decoded
     * @param names decoded, of one person: the card name in the room, the nick name; empty ones are ignored
     */
    public static boolean of(String text, Collection<String> names) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            for (String name : names) {
                if (!name.isEmpty() && text.startsWith(name, at + 1) && endsAt(text, at + 1 + name.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsAt(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char after = text.charAt(end);
        return after == AFTER_MENTION || after == ' ' || after == '\n';
    }
}
