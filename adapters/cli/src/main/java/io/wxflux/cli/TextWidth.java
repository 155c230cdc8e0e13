package io.wxflux.cli;

/** How many columns text takes on a terminal, where Chinese takes two a character. */
final class TextWidth {
    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** Fills up with blanks, or cuts. */
    static String fit(String text, int columns) {
        int width = of(text);
        return width <= columns ? text + " ".repeat(columns - width) : cut(text, columns);
    }

    /** At most that many columns; never half of a wide character. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (width + of(point) > columns - 1) {
                break;
            }
            width += of(point);
            kept.appendCodePoint(point);
            i += Character.charCount(point);
        }
        return kept.append('…')
                .append(" ".repeat(Math.max(0, columns - width - 1)))
                .toString();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115f)
                || (point >= 0x2e80 && point <= 0xa4cf && point != 0x303f)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xfe30 && point <= 0xfe6f)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0xffe0 && point <= 0xffe6)
                || (point >= 0x1f300 && point <= 0x1faff)
                || (point >= 0x20000 && point <= 0x3fffd)
                || point == 0x2705;
        return wide ? 2 : 1;
    }
}
