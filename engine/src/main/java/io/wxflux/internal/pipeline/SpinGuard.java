package io.wxflux.internal.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Slows a cycle down that turns without getting anywhere: a server that says "news" and has none, or answers "nothing" at
 * once instead of holding the poll (PROTOCOL 18.6 and 18.7). One account, one thread at a time.
 */
final class SpinGuard {
    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 30_000;

    /** A poll that was held at least this long was no spin. */
    static final long HELD_MILLIS = 1_000;

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private int emptyTurns;

    SpinGuard(Scheduler scheduler, RandomGenerator random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    void progressed() {
        emptyTurns = 0;
    }

    /** Completes when the next turn may begin. */
    Mono<Void> empty() {
        return Mono.defer(() -> {
            long wait = Math.min(FIRST_MILLIS << Math.min(++emptyTurns, 20), LONGEST_MILLIS);
            // Upward only: the waits bound the request rate.
            long jittered = wait + random.nextLong(wait / 4 + 1);
            return Mono.delay(Duration.ofMillis(jittered), scheduler).then();
        });
    }
}
