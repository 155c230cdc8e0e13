package io.wxflux.simulator;

/** Tells when something happened more than {@code limit} times within a window. */
final class RateWindow {

    private final int limit;
    private final long windowMillis;
    private long[] times = {};
    private int next;

    RateWindow(int limit, long windowMillis) {
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    /** Notes one more; true when it is one too many. */
    boolean exceededBy(long nowMillis) {
        if (times.length == 0) {
            times = new long[limit];
            java.util.Arrays.fill(times, Long.MIN_VALUE / 2);
        }
        long oldest = times[next];
        times[next] = nowMillis;
        next = (next + 1) % limit;
        return nowMillis - oldest < windowMillis;
    }
}
