package io.wxflux.internal.wire;

import org.jspecify.annotations.Nullable;

/** Numbers that may come as text, and may be no numbers at all. */
final class Numbers {
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
}
