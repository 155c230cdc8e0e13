package io.wxflux.model;

import java.time.Duration;

/** Durations in words for people, such as {@code 8 s}, {@code 2 min 5 s}, {@code 29 min} and {@code 3 h 10 min}. */
public final class PlainTime {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    private PlainTime() {}

    /** Rounded: nobody waits by the millisecond. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return Math.max(0, millis) + " ms";
        }
        long seconds = (millis + 500) / 1_000;
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < 10 * MINUTE) {
            return seconds / MINUTE + " min" + and(seconds % MINUTE, "s");
        }
        long minutes = (seconds + 30) / MINUTE;
        return minutes < MINUTE ? minutes + " min" : minutes / MINUTE + " h" + and(minutes % MINUTE, "min");
    }

    private static String and(long rest, String unit) {
        return rest == 0 ? "" : " " + rest + " " + unit;
    }
}
