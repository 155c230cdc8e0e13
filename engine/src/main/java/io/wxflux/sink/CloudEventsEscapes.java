package io.wxflux.sink;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes what JSON demands and what would reorder, hide or break text where a line of events is looked at. */
final class CloudEventsEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final int[] ascii = ascii();

    private static int[] ascii() {
        int[] escapes = standardAsciiEscapesForJSON();
        escapes[0x7F] = ESCAPE_STANDARD;
        return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii;
    }

    /** Asked for every character beyond ASCII. */
    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return isHidden(c) ? new SerializedString(String.format("\\u%04X", c)) : null;
    }

    private static boolean isHidden(int c) {
        if (c < 0x2000) {
            return c < 0xA0 || c == 0x61C;
        }
        // Direction marks, line and paragraph separators, overrides, isolates, the byte order mark.
        return c <= 0x2069 && (c == 0x200E || c == 0x200F || c >= 0x2028 && c <= 0x202E || c >= 0x2066) || c == 0xFEFF;
    }
}
