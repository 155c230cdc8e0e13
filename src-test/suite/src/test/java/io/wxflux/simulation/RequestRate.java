package io.wxflux.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** Requests of one account since it last got anywhere: in a streak of failures they become seldom. */
final class RequestRate {
    private static final int MINUTE = 60_000;

    /** RELIABILITY's bars 7 and 22: the first minute of an outage, and each one after. */
    static final int FIRST_MINUTE = 60;

    static final int LATER_MINUTES = 30;

    private final String account;
    private final Trace trace;
    private final Deque<Long> recent = new ArrayDeque<>();
    private long since = -1;
    int most;
    int mostLater;

    RequestRate(String account, Trace trace) {
        this.account = account;
        this.trace = trace;
    }

    void begin() {
        since = -1;
        recent.clear();
    }

    void succeeded(long millis) {
        begin();
    }

    void sent(long millis, String operation) {
        if (since < 0) {
            since = millis;
        }
        recent.add(millis);
        while (!recent.isEmpty() && recent.getFirst() <= millis - MINUTE) {
            recent.removeFirst();
        }
        boolean first = millis - since < MINUTE * 2L;
        most = first ? Math.max(most, recent.size()) : most;
        mostLater = first ? mostLater : Math.max(mostLater, recent.size());
        int bound = first ? FIRST_MINUTE : LATER_MINUTES;
        if (recent.size() > bound) {
            trace.offence(
                    Invariant.RATE_BOUNDED,
                    account + " sends " + recent.size() + " requests in a minute, " + (millis - since) / 1_000
                            + " s after it last got anywhere, the last is " + operation);
        }
    }
}
