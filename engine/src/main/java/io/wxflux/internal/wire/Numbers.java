package io.wxflux.internal.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers that may come as text, and may be no numbers at all. */
final class Numbers {
    private static final long LAST_SECOND = 253_402_300_799L;

    private Numbers() {}

    /** Decimal digits with an optional minus, blanks around them; null for anything else or more than 64 bits. */
    static @Nullable Long parse(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 20) {
            return null;
        }
        for (int i = digits.charAt(0) == '-' ? 1 : 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    /** The number, or 0 for anything that is none or negative. */
    static long orZero(String text) {
        Long value = parse(text);
        return value == null || value < 0 ? 0 : value;
    }

    /** The number, or 0 for anything that is none, negative, or more than 31 bits. */
    static int intOrZero(String text) {
        long value = orZero(text);
        return value > Integer.MAX_VALUE ? 0 : (int) value;
    }

    /** Unix seconds; null for anything that is none, and for 0. */
    static @Nullable Instant time(String seconds) {
        long value = orZero(seconds);
        return value == 0 || value > LAST_SECOND ? null : Instant.ofEpochSecond(value);
    }
}
