package io.wxflux.internal.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Scheduler;

/**
 * How fast new connections to one host may follow each other: a token bucket, kept as the time at which it is full again,
 * so that there is nothing to refill. Turns are given in the order in which they are taken.
 */
final class ConnectionPace {
    /** Whoever would wait longer does something else meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So that the burst and what follows it within the same second stay below one and a half times the rate. */
    private static final int BURST_SHARE = 4;

    private final Scheduler clock;
    private final long every;
    private final long depth;
    private final AtomicLong fullAt;

    /** @param perSecond at least 1 */
    ConnectionPace(int perSecond, Scheduler clock) {
        this.clock = clock;
        every = TimeUnit.SECONDS.toNanos(1) / perSecond;
        depth = every * Math.max(1, perSecond / BURST_SHARE);
        fullAt = new AtomicLong(now());
    }

    /** Takes the next turn. The answer is how many nanoseconds away it is; 0 = now. */
    long take() {
        long now = now();
        long full = fullAt.updateAndGet(before -> later(before, now) + every);
        return Math.max(0, full - depth - now);
    }

    /** Whether the next turn is too far away to wait for it. */
    boolean isCrowded() {
        long now = now();
        return later(fullAt.get(), now) + every - depth - now > PATIENCE.toNanos();
    }

    /** By their difference: such times may overflow. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Not the wall clock, which may be set back. */
    private long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }
}
