package io.wxflux.options;

import java.time.Duration;

/**
 * How often one operation may happen, and how long it rests after the service said 1205.
 *
 * @param burst how many may go out at once after a pause; 1 to 100
 * @param every time between two after that
 * @param firstRest after a 1205; doubled with each further one until a request succeeds
 * @param longestRest what doubling ends at
 * @param strict whether each use is written down durably before the request goes out, so that no crash gives it back; and
 *     whether one that comes too early fails at once instead of waiting, where {@link WhenThrottled#FAIL} is chosen
 */
public record Pace(int burst, Duration every, Duration firstRest, Duration longestRest, boolean strict) {
    public Pace {
        if (burst < 1 || burst > 100) {
            throw new IllegalArgumentException("burst is 1 to 100, not " + burst);
        }
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("every must be longer than zero, not " + every);
        }
        if (firstRest.isNegative() || firstRest.isZero()) {
            throw new IllegalArgumentException("firstRest must be longer than zero, not " + firstRest);
        }
        if (longestRest.compareTo(firstRest) < 0) {
            throw new IllegalArgumentException(
                    "longestRest must not be shorter than firstRest " + firstRest + ", but is " + longestRest);
        }
    }

    /** Rests 60 s doubling to 30 min after a 1205; not strict. */
    public static Pace of(int burst, Duration every) {
        return new Pace(burst, every, Duration.ofSeconds(60), Duration.ofMinutes(30), false);
    }

    /** For what the service guards most: strict, and rests 1 h doubling to 24 h after a 1205. */
    public static Pace strict(int burst, Duration every) {
        return new Pace(burst, every, Duration.ofHours(1), Duration.ofHours(24), true);
    }

    public Pace withBurst(int count) {
        return new Pace(count, every, firstRest, longestRest, strict);
    }

    public Pace withEvery(Duration time) {
        return new Pace(burst, time, firstRest, longestRest, strict);
    }

    public Pace withRest(Duration first, Duration longest) {
        return new Pace(burst, every, first, longest, strict);
    }
}
