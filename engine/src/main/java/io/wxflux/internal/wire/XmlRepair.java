package io.wxflux.internal.wire;

/**
 * Makes the service's XML acceptable to a strict parser: bare ampersands in URLs, characters XML does not have, and a
 * declaration that names a charset it is not in. CDATA sections keep their ampersands.
 */
final class XmlRepair {
    private static final String CDATA = "<![CDATA[";
    private static final String CDATA_END = "]]>";

    private XmlRepair() {}

    static String repair(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        if (text.startsWith("<?xml", start)) {
            int end = text.indexOf("?>", start);
            if (end < 0) {
                return "";
            }
            start = end + 2;
            while (start < text.length() && text.charAt(start) <= ' ') {
                start++;
            }
        }
        var clean = new StringBuilder(text.length() - start + 64);
        boolean inCdata = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' && !inCdata && text.startsWith(CDATA, i)) {
                inCdata = true;
                clean.append(CDATA);
                i += CDATA.length() - 1;
            } else if (c == ']' && inCdata && text.startsWith(CDATA_END, i)) {
                inCdata = false;
                clean.append(CDATA_END);
                i += CDATA_END.length() - 1;
            } else if (c == '&' && !inCdata && !beginsReference(text, i)) {
                clean.append("&amp;");
            } else if (isCharacter(c)) {
                clean.append(c);
            }
        }
        return ContentText.wellFormed(clean.toString());
    }

    /** {@code &}, a name or a number, and a semicolon; whether the name is known is the parser's business. */
    private static boolean beginsReference(String text, int at) {
        int i = at + 1;
        int most = Math.min(text.length(), at + 12);
        if (i < most && text.charAt(i) == '#') {
            i++;
        }
        int start = i;
        while (i < most && isNamePart(text.charAt(i))) {
            i++;
        }
        return i > start && i < most && text.charAt(i) == ';';
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isCharacter(char c) {
        return c >= ' ' ? c != '\uFFFE' && c != '\uFFFF' : c == '\t' || c == '\n' || c == '\r';
    }
}
