package io.wxflux.internal.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One Set-Cookie header, read after RFC 6265, 5.2.
 *
 * @param domain lower case, without leading dot; empty = the sender only
 * @param path empty = the default path of the request
 * @param maxAge null = not given
 * @param expires null = not given
 */
record SetCookie(
        String name,
        String value,
        String domain,
        String path,
        boolean secure,
        @Nullable Duration maxAge,
        @Nullable Instant expires) {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 4_096;

    /** Far beyond any browser's limit, and small enough that no sum of times overflows. */
    private static final long LONGEST_AGE = Duration.ofDays(3_650).toSeconds();

    /** Null when the header is to be ignored. */
    static @Nullable SetCookie parse(String header) {
        int end = header.indexOf(';');
        String pair = end < 0 ? header : header.substring(0, end);
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return null;
        }
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if (!isName(name) || !isValue(value)) {
            return null;
        }
        String domain = "";
        String path = "";
        boolean secure = false;
        Duration maxAge = null;
        Instant expires = null;
        while (end >= 0) {
            int start = end + 1;
            end = header.indexOf(';', start);
            String attribute = end < 0 ? header.substring(start) : header.substring(start, end);
            int sign = attribute.indexOf('=');
            String key = (sign < 0 ? attribute : attribute.substring(0, sign))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String argument = sign < 0 ? "" : attribute.substring(sign + 1).strip();
            switch (key) {
                case "domain" -> {
                    // An empty one is ignored, and so does not undo an earlier one.
                    if (!argument.isEmpty()) {
                        domain = (argument.startsWith(".") ? argument.substring(1) : argument).toLowerCase(Locale.ROOT);
                        if (domain.isEmpty()) {
                            return null;
                        }
                    }
                }
                case "path" -> path = argument.startsWith("/") && isValue(argument) ? argument : "";
                case "secure" -> secure = true;
                case "max-age" -> {
                    Duration age = age(argument);
                    maxAge = age == null ? maxAge : age;
                }
                case "expires" -> {
                    Instant date = CookieDate.parse(argument);
                    expires = date == null ? expires : date;
                }
                default -> {
                    // HttpOnly says nothing to us, there are no scripts here; unknown attributes are ignored.
                }
            }
        }
        return new SetCookie(name, value, domain, path, secure, maxAge, expires);
    }

    /** A token of HTTP. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }

    /** Printable ASCII that cannot end the value it stands in. */
    static boolean isValue(String value) {
        return value.length() <= LONGEST_VALUE && value.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ';');
    }

    private static @Nullable Duration age(String digits) {
        boolean negative = digits.startsWith("-");
        String number = negative ? digits.substring(1) : digits;
        if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        if (negative) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(number.length() > 9 ? LONGEST_AGE : Math.min(Long.parseLong(number), LONGEST_AGE));
    }

    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
