package io.wxflux.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;

/**
 * Requests of one account since it last got anywhere: in a streak of failures they become seldom. And the other side of
 * it: one failure alone, after a turn that went well, costs a moment only.
 */
final class RequestRate {
    private static final int MINUTE = 60_000;

    /** RELIABILITY's bars 7 and 22: the first minute of an outage, and each one after. */
    static final int FIRST_MINUTE = 22;

    static final int LATER_MINUTES = 12;

    /** A first failure is followed by the next try within this. */
    private static final int SOON = 6_000;

    private final String account;
    private final Trace trace;
    private final Deque<Long> recent = new ArrayDeque<>();
    private long since = -1;
    private boolean turned;
    private long expectedBy = -1;

    /** The last request did, and it has not said yet that it waits. */
    private boolean failed;

    /** It tried since it last sent something. */
    private boolean unasked;

    RequestRate(String account, Trace trace) {
        this.account = account;
        this.trace = trace;
    }

    /** Nothing of what was is held against it: another life, or a wait that was asked for. */
    void begin() {
        since = -1;
        turned = false;
        expectedBy = -1;
        failed = false;
        unasked = false;
        recent.clear();
    }

    /** It got somewhere. */
    void succeeded() {
        since = -1;
        recent.clear();
    }

    /** What it got is durable, or the poll was held until it said "nothing": failures before it count no more. */
    void turned() {
        // When it shows that something became durable, that was before the tries that found nobody to ask.
        turned = !unasked;
    }

    /** @param isOwed whether the next try is owed soon: not when a host is down or the store in trouble */
    void failed(long millis, boolean isOwed) {
        if (turned && isOwed) {
            expectedBy = millis + SOON;
        }
        // In any case: the failure after one at a dead host is the second in a row, and not owed a short wait any more.
        turned = false;
        failed = true;
    }

    /** It had to wait for its turn to open a session. @param free tells when a place became free, since a time; -1 = there was one */
    void queued(LongUnaryOperator free) {
        if (expectedBy >= 0) {
            long at = free.applyAsLong(expectedBy - SOON);
            expectedBy = at < 0 ? expectedBy : Math.max(expectedBy, at + SOON);
        }
    }

    /** It says that it waits. When no request failed, it found no host to ask, or none that knows it: a failure as well. */
    void backsOff(long millis) {
        if (!failed) {
            triedAgain(millis, "it looked for a host");
            turned = false;
            unasked = true;
        }
        failed = false;
        if (since < 0) {
            since = millis;
        }
    }

    private void triedAgain(long millis, String how) {
        if (expectedBy >= 0 && millis > expectedBy) {
            trace.offence(
                    Invariant.SOON_AGAIN,
                    account + " waited " + (millis - expectedBy + SOON) + " ms after a single failure before " + how);
        }
        expectedBy = -1;
    }

    void sent(long millis, String operation) {
        triedAgain(millis, operation);
        unasked = false;
        failed = false;
        recent.add(millis);
        while (!recent.isEmpty() && recent.getFirst() <= millis - MINUTE) {
            recent.removeFirst();
        }
        // One attempt at hosts that never answer lasts minutes: the streak begins when it ends.
        int bound = since < 0 || millis - since < 2 * MINUTE ? FIRST_MINUTE : LATER_MINUTES;
        if (recent.size() > bound) {
            trace.offence(
                    Invariant.RATE_BOUNDED,
                    account + " sends " + recent.size() + " requests in a minute, "
                            + (since < 0 ? 0 : millis - since) / 1_000 + " s after it first had to wait, the last is "
                            + operation);
        }
    }
}
