package io.wxflux.file;

/**
 * Makes text of strangers fit to be shown: on one line, of bounded length, with nothing that a terminal would obey or
 * that would reorder what stands beside it.
 */
public final class TerminalText {
    /** Code points of remote text shown by default. */
    public static final int MOST = 200;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private TerminalText() {}

    public static String line(String text) {
        return line(text, MOST);
    }

    /** @param most code points; what is longer ends in an ellipsis */
    public static String line(String text, int most) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 16);
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (count++ == most) {
                return shown.append('…').toString();
            }
            i += Character.charCount(point);
            append(shown, point);
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        if (point == '\n') {
            shown.append("\\n");
        } else if (point == '\t') {
            shown.append("\\t");
        } else if (isHarmless(point)) {
            shown.appendCodePoint(point);
        } else {
            shown.append(String.format("\\u%04x", point));
        }
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            // Joiners hold emoji together; every other format character hides or reorders text.
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }
}
