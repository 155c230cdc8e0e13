package io.wxflux.internal.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Slows a cycle down that turns without getting anywhere: a server that says "news" and has none, or answers "nothing" at
 * once instead of holding the poll (PROTOCOL 18.6 and 18.7). One account, one thread at a time.
 */
final class SpinGuard {
    private static final long FIRST_MILLIS = 250;

    /** For each request of a turn: six requests a minute at most, whatever a turn is made of. */
    private static final long LONGEST_MILLIS = 10_000;

    /** A server that hiccups is no news; one that goes on like this is. */
    private static final int ALARM = 20;

    /** A poll that was held at least this long was no spin. On a poor line an answer at once takes more than a second. */
    static final long HELD_MILLIS = 2_000;

    private final RandomGenerator random;
    private int emptyTurns;

    SpinGuard(RandomGenerator random) {
        this.random = random;
    }

    void progressed() {
        emptyTurns = 0;
    }

    /** How long the next turn has to wait after one that got nowhere with so many requests. */
    Duration empty(int requests) {
        emptyTurns = Math.min(emptyTurns + 1, Integer.MAX_VALUE - 1);
        long wait = Math.min(FIRST_MILLIS << Math.min(emptyTurns, 20), LONGEST_MILLIS * requests);
        // Upward only: the waits bound the request rate.
        return Duration.ofMillis(wait + random.nextLong(wait / 4 + 1));
    }

    /** Whether this was the turn that makes it worth an alarm; once until there is progress. */
    boolean isAlarm() {
        return emptyTurns == ALARM;
    }

    /** Whether there was an alarm since the last progress. */
    boolean isSpinning() {
        return emptyTurns >= ALARM;
    }

    int emptyTurns() {
        return emptyTurns;
    }
}
