package io.wxflux.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rules in force. */
final class Faults {

    private static final long LATELY_MILLIS = 120_000;

    private static final class Active {
        private final FaultRule rule;
        private final AtomicInteger left;
        private volatile long until = Long.MAX_VALUE;

        Active(FaultRule rule) {
            this.rule = rule;
            left = new AtomicInteger(rule.times());
        }
    }

    private final Ids random;
    private final LongSupplier clock;
    private final List<Active> active = new CopyOnWriteArrayList<>();
    private final List<Active> past = new CopyOnWriteArrayList<>();

    Faults(Ids random, LongSupplier clock) {
        this.random = random;
        this.clock = clock;
    }

    void add(FaultRule rule) {
        active.add(new Active(rule));
    }

    void clear() {
        active.forEach(this::retire);
    }

    void clear(String host) {
        for (Active one : active) {
            if (one.rule.host().equals(host)) {
                retire(one);
            }
        }
    }

    void remove(FaultRule rule) {
        for (Active one : active) {
            if (one.rule.equals(rule)) {
                retire(one);
                return;
            }
        }
    }

    private void retire(Active one) {
        one.until = clock.getAsLong();
        active.remove(one);
        past.add(one);
        past.removeIf(old -> clock.getAsLong() - old.until > LATELY_MILLIS);
    }

    List<FaultRule> all() {
        return active.stream().map(one -> one.rule).toList();
    }

    /** What happens to a call, or null when it goes well. */
    @Nullable
    Fault next(String host, String call, String account) {
        for (Active one : active) {
            if (!one.rule.matches(host, call, account)
                    || (one.rule.probability() < 1 && random.fraction() >= one.rule.probability())) {
                continue;
            }
            int left = one.left.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : n - 1);
            if (left == 1) {
                retire(one);
            }
            if (left > 0) {
                return one.rule.fault();
            }
        }
        return null;
    }

    /** Whether a host is or was just broken: a client may then try others. */
    boolean lately(String host) {
        long now = clock.getAsLong();
        return active.stream().anyMatch(one -> one.rule.matchesHost(host))
                || past.stream().anyMatch(one -> one.rule.matchesHost(host) && now - one.until < LATELY_MILLIS);
    }
}
