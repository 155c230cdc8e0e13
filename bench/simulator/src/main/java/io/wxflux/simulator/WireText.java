package io.wxflux.simulator;

/** How the service writes text for the web: HTML-escaped, line breaks as {@code <br/>}, emoji as spans. */
final class WireText {

    private static final int KEYCAP = 0x20e3;
    private static final int VARIATION = 0xfe0f;

    private WireText() {}

    static String encode(String plain) {
        return encode(plain, true);
    }

    /** XML inside Content: escaped once, newlines become {@code <br/>}, quotes stay, and emoji are spans, not escaped. */
    static String encodeXml(String xml) {
        return encode(xml, false);
    }

    private static String encode(String plain, boolean quotes) {
        StringBuilder wire = new StringBuilder(plain.length() + 16);
        int[] points = plain.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            int next = i + 1 < points.length ? points[i + 1] : 0;
            if (isRegional(point) && isRegional(next)) {
                span(wire, Integer.toHexString(point) + Integer.toHexString(next));
                i++;
            } else if (point < 0x80 && isKeycap(points, i + 1)) {
                span(wire, String.format("%04x%04x", point, KEYCAP));
                i += next == KEYCAP ? 1 : 2;
            } else if (isEmoji(point)) {
                span(wire, Integer.toHexString(point));
                i += next == VARIATION ? 1 : 0;
            } else {
                switch (point) {
                    case '&' -> wire.append("&amp;");
                    case '<' -> wire.append("&lt;");
                    case '>' -> wire.append("&gt;");
                    case '"' -> wire.append(quotes ? "&quot;" : "\"");
                    case '\'' -> wire.append(quotes ? "&#39;" : "'");
                    case '\n' -> wire.append("<br/>");
                    default -> wire.appendCodePoint(point);
                }
            }
        }
        return wire.toString();
    }

    private static boolean isKeycap(int[] points, int at) {
        int here = at < points.length ? points[at] : 0;
        return here == KEYCAP || (here == VARIATION && at + 1 < points.length && points[at + 1] == KEYCAP);
    }

    private static boolean isRegional(int point) {
        return point >= 0x1f1e6 && point <= 0x1f1ff;
    }

    private static boolean isEmoji(int point) {
        return (point >= 0x1f000 && point <= 0x1faff) || (point >= 0x2600 && point <= 0x26ff);
    }

    private static void span(StringBuilder wire, String code) {
        wire.append("<span class=\"emoji emoji").append(code).append("\"></span>");
    }

    /** Text inside an XML element or attribute, before {@link #encodeXml}. */
    static String inXml(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
