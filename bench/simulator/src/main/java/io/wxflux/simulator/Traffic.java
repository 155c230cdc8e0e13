package io.wxflux.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What came in since the start or the last {@link #forget}, by host and by time. A connection counts when its client names
 * the host in the TLS handshake, whether it is let in or not.
 */
public final class Traffic {

    /** Stands for all hosts together. */
    public static final String ALL = "*";

    private final Map<String, Rate> connections = new ConcurrentHashMap<>();
    private final Map<String, Rate> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    Traffic(LongSupplier clock) {
        this.clock = clock;
    }

    void connection(String host) {
        count(connections, host);
    }

    void request(String host) {
        count(requests, host);
    }

    /** Notes a request once it is clear that it is for a call there is. */
    void call(String call) {
        calls.computeIfAbsent(call, unused -> new LongAdder()).increment();
    }

    private void count(Map<String, Rate> rates, String host) {
        long now = clock.getAsLong();
        rates.computeIfAbsent(host, unused -> new Rate()).add(now);
        rates.computeIfAbsent(ALL, unused -> new Rate()).add(now);
    }

    /** Begins anew. */
    public void forget() {
        connections.clear();
        requests.clear();
        calls.clear();
    }

    /**
     * {@return how many connections there were}
     *
     * @param host one, or {@link #ALL}
     */
    public long connections(String host) {
        return rate(connections, host).total();
    }

    /**
     * {@return how many requests there were}
     *
     * @param host one, or {@link #ALL}
     */
    public long requests(String host) {
        return rate(requests, host).total();
    }

    /**
     * {@return the most connections in any second of the last twenty minutes}
     *
     * @param host one, or {@link #ALL}
     */
    public int peakConnections(String host) {
        return rate(connections, host).peak();
    }

    /**
     * {@return the most requests in any second of the last twenty minutes}
     *
     * @param host one, or {@link #ALL}
     */
    public int peakRequests(String host) {
        return rate(requests, host).peak();
    }

    /**
     * {@return how many requests there were for a call}
     *
     * @param call the last part of its path, such as synccheck
     */
    public long calls(String call) {
        LongAdder count = calls.get(call);
        return count == null ? 0 : count.sum();
    }

    private static Rate rate(Map<String, Rate> rates, String host) {
        return rates.getOrDefault(host, new Rate());
    }

    /** Counts in tenths of a second, of which ten in a row are a second; a ring, so that it stays as large as it is. */
    private static final class Rate {
        private static final int SLOT_MILLIS = 100;
        private static final int SLOTS = 12_000;
        private static final int SECOND = 1_000 / SLOT_MILLIS;

        private final int[] slots = new int[SLOTS];
        private long newest = Long.MIN_VALUE;
        private long total;

        synchronized void add(long millis) {
            long slot = Math.max(Math.floorDiv(millis, SLOT_MILLIS), newest);
            if (newest == Long.MIN_VALUE) {
                newest = slot;
            }
            for (long i = Math.max(newest + 1, slot - SLOTS + 1); i <= slot; i++) {
                slots[index(i)] = 0;
            }
            newest = slot;
            slots[index(slot)]++;
            total++;
        }

        private static int index(long slot) {
            return Math.floorMod(slot, SLOTS);
        }

        synchronized long total() {
            return total;
        }

        synchronized int peak() {
            int most = 0;
            int sum = 0;
            // From behind the newest, which is the oldest, to the newest.
            for (int i = 1; i <= SLOTS; i++) {
                sum += slots[index(newest + i)];
                if (i > SECOND) {
                    sum -= slots[index(newest + i - SECOND)];
                }
                most = Math.max(most, sum);
            }
            return most;
        }
    }
}
