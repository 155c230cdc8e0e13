package io.wxflux.config;

/** Text of the file as it may stand in a message: one line, not long, nothing a terminal would obey. */
final class Quote {
    private static final int MOST = 60;

    private Quote() {}

    static String of(String text) {
        return '"' + plain(text) + '"';
    }

    static String plain(String text) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (++count > MOST) {
                return shown.append("...").toString();
            }
            int kind = Character.getType(point);
            if (kind == Character.CONTROL
                    || kind == Character.FORMAT
                    || kind == Character.LINE_SEPARATOR
                    || kind == Character.PARAGRAPH_SEPARATOR
                    || kind == Character.SURROGATE) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        }
        return shown.toString();
    }
}
