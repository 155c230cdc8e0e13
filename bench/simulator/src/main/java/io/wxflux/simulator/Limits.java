package io.wxflux.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The limits in force, and when each account used them. What is refused does not count. */
final class Limits {

    private static final int TOO_FREQUENT = 1205;

    private record Use(RateLimit limit, String account) {}

    private final List<RateLimit> limits = new CopyOnWriteArrayList<>();
    private final Map<Use, Deque<Long>> uses = new HashMap<>();

    void add(RateLimit limit) {
        limits.add(limit);
    }

    synchronized void clear() {
        limits.clear();
        uses.clear();
    }

    List<RateLimit> all() {
        return List.copyOf(limits);
    }

    /** Notes a call; 0 when it may go on. */
    int refusal(String account, String call, long now) {
        if (limits.isEmpty()) {
            return 0;
        }
        synchronized (this) {
            List<RateLimit> those = limits.stream()
                    .filter(limit -> limit.matches(account, call))
                    .toList();
            for (RateLimit limit : those) {
                Deque<Long> times = times(limit, account);
                while (!times.isEmpty()
                        && now - times.peekFirst() >= limit.window().toMillis()) {
                    times.removeFirst();
                }
                if (times.size() >= limit.count()) {
                    return TOO_FREQUENT;
                }
            }
            those.forEach(limit -> times(limit, account).addLast(now));
            return 0;
        }
    }

    private Deque<Long> times(RateLimit limit, String account) {
        return uses.computeIfAbsent(new Use(limit, account), unused -> new ArrayDeque<>());
    }
}
