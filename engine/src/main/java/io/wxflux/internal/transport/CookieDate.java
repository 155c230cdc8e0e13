package io.wxflux.internal.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as servers write them in {@code Expires} and {@code Date}: the lenient reading of RFC 6265, 5.1.1. */
final class CookieDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int LONGEST = 128;

    private CookieDate() {}

    /** Null when it is no date. */
    static @Nullable Instant parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        int[] time = null;
        int day = -1;
        int month = -1;
        int year = -1;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !isDelimiter(text.charAt(end))) {
                end++;
            }
            String token = text.substring(at, end);
            at = end + 1;
            if (token.isEmpty()) {
                continue;
            }
            int[] clock;
            if (time == null && (clock = time(token)) != null) {
                time = clock;
            } else if (day < 0 && digits(token, 2) >= 0) {
                day = digits(token, 2);
            } else if (month < 0 && month(token) > 0) {
                month = month(token);
            } else if (year < 0 && token.length() > 1 && Character.digit(token.charAt(1), 10) >= 0) {
                year = digits(token, 4);
            }
        }
        if (year >= 70 && year <= 99) {
            year += 1900;
        } else if (year >= 0 && year <= 69) {
            year += 2000;
        }
        if (time == null || day < 1 || month < 1 || year < 1601) {
            return null;
        }
        try {
            return LocalDateTime.of(year, month, day, time[0], time[1], time[2]).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDelimiter(char c) {
        return c == 0x09
                || (c >= 0x20 && c <= 0x2f)
                || (c >= 0x3b && c <= 0x40)
                || (c >= 0x5b && c <= 0x60)
                || (c >= 0x7b && c <= 0x7e);
    }

    /** One to {@code most} leading digits, followed by no further digit; -1 when there are none. */
    private static int digits(String token, int most) {
        int value = 0;
        int i = 0;
        while (i < token.length() && token.charAt(i) >= '0' && token.charAt(i) <= '9') {
            if (i == most) {
                return -1;
            }
            value = value * 10 + token.charAt(i++) - '0';
        }
        return i == 0 ? -1 : value;
    }

    private static int month(String token) {
        return token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static int @Nullable [] time(String token) {
        String[] parts = token.split(":", 4);
        if (parts.length < 3) {
            return null;
        }
        int hour = digits(parts[0], 2);
        int minute = digits(parts[1], 2);
        int second = digits(parts[2], 2);
        // Only the seconds may be followed by something else than a colon.
        if (hour < 0 || minute < 0 || second < 0 || parts[0].length() > 2 || parts[1].length() > 2) {
            return null;
        }
        return new int[] {hour, minute, second};
    }
}
