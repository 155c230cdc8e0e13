package io.wxflux.internal.wire;

/**
 * Undoes what the service does to texts and names (PROTOCOL 9.2): entities, line breaks, emoji in spans. One pass over
 * the text, so that nothing is decoded twice: what somebody typed as {@code &lt;} stays what they typed.
 */
public final class ContentText {
    private static final String SPAN = "<span class=\"";
    private static final String SPAN_END = "\"></span";
    private static final int LONGEST_CLASS = 48;

    private ContentText() {}

    /** The text of a message: line breaks are newlines. */
    public static String decode(String content) {
        return decode(content, "\n");
    }

    /** A name, remark or topic: all on one line. */
    public static String decodeName(String name) {
        return decode(name, " ");
    }

    private static String decode(String text, String lineBreak) {
        int special = nextSpecial(text, 0);
        if (special == text.length()) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int from = 0;
        while (special < text.length()) {
            out.append(text, from, special);
            from = text.charAt(special) == '&' ? entity(text, special, out) : markup(text, special, lineBreak, out);
            special = nextSpecial(text, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int nextSpecial(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&' || c == '<') {
                return i;
            }
        }
        return text.length();
    }

    /** Appends what begins at the ampersand and returns where to go on. Only what the service itself escapes. */
    private static int entity(String text, int at, StringBuilder out) {
        if (text.startsWith("&lt;", at)) {
            out.append('<');
            return at + 4;
        }
        if (text.startsWith("&gt;", at)) {
            out.append('>');
            return at + 4;
        }
        if (text.startsWith("&amp;", at)) {
            out.append('&');
            return at + 5;
        }
        if (text.startsWith("&quot;", at)) {
            out.append('"');
            return at + 6;
        }
        if (text.startsWith("&#39;", at)) {
            out.append('\'');
            return at + 5;
        }
        if (text.startsWith("&apos;", at)) {
            out.append('\'');
            return at + 6;
        }
        out.append('&');
        return at + 1;
    }

    private static int markup(String text, int at, String lineBreak, StringBuilder out) {
        if (text.startsWith("<br/>", at)) {
            out.append(lineBreak);
            return at + 5;
        }
        if (text.startsWith(SPAN, at)) {
            int start = at + SPAN.length();
            int quote = text.indexOf('"', start);
            if (quote > 0 && quote - start <= LONGEST_CLASS && text.startsWith(SPAN_END, quote)) {
                String symbol = Emoji.ofClass(text.substring(start, quote));
                if (!symbol.isEmpty()) {
                    out.append(symbol);
                    int end = quote + SPAN_END.length();
                    // Some spans lack the last character (a bug of the service).
                    return end < text.length() && text.charAt(end) == '>' ? end + 1 : end;
                }
            }
        }
        out.append('<');
        return at + 1;
    }

    /** The text with U+FFFD in place of surrogates that are not paired: such a text cannot be written as UTF-8. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isPair(text, i)) {
                    i++;
                } else {
                    return replaceSurrogates(text, i);
                }
            }
        }
        return text;
    }

    private static String replaceSurrogates(String text, int from) {
        var out = new StringBuilder(text);
        for (int i = from; i < out.length(); i++) {
            if (Character.isSurrogate(out.charAt(i))) {
                if (isPair(out, i)) {
                    i++;
                } else {
                    out.setCharAt(i, '\uFFFD');
                }
            }
        }
        return out.toString();
    }

    private static boolean isPair(CharSequence text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
