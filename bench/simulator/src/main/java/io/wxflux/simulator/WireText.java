package io.wxflux.simulator;

/** How the service writes text for the web: HTML-escaped, line breaks as {@code <br/>}, emoji as spans. */
final class WireText {

    private WireText() {}

    static String encode(String plain) {
        StringBuilder wire = new StringBuilder(plain.length() + 16);
        plain.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> wire.append("&amp;");
                case '<' -> wire.append("&lt;");
                case '>' -> wire.append("&gt;");
                case '"' -> wire.append("&quot;");
                case '\'' -> wire.append("&#39;");
                case '\n' -> wire.append("<br/>");
                default -> {
                    if (point >= 0x1f000 && point <= 0x1faff) {
                        wire.append("<span class=\"emoji emoji")
                                .append(Integer.toHexString(point))
                                .append("\"></span>");
                    } else {
                        wire.appendCodePoint(point);
                    }
                }
            }
        });
        return wire.toString();
    }

    /** XML inside Content: escaped once, newlines become {@code <br/>}, quotes stay. */
    static String encodeXml(String xml) {
        return xml.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br/>");
    }
}
