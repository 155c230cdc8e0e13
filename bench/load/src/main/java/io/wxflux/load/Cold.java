package io.wxflux.load;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time after a restart.
 *
 * @param after the last account polls
 * @param length of the measurement
 */
public record Cold(Duration after, Duration length) {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})s\\+(\\d{1,6})s");

    /**
     * Reads {@code 10s+10s}.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static Cold of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches() || parts.group(2).matches("0+")) {
            throw new IllegalArgumentException("--cold takes START+LENGTH such as 10s+10s, not '" + text + "'");
        }
        return new Cold(
                Duration.ofSeconds(Long.parseLong(parts.group(1))), Duration.ofSeconds(Long.parseLong(parts.group(2))));
    }

    /** When it ends, from when the last account polls. */
    Duration end() {
        return after.plus(length);
    }

    @Override
    public String toString() {
        return after.toSeconds() + "s+" + length.toSeconds() + "s";
    }
}
