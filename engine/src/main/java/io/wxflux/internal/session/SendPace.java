package io.wxflux.internal.session;

import io.wxflux.options.SendOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A token bucket for one account's sends, kept as the time at which it is full again. A place is reserved when it is
 * asked for and waited for outside of any lock, so that whoever gives up in between sends nothing.
 */
final class SendPace {
    private final long every;
    private final long allowance;
    private final Scheduler scheduler;
    private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

    SendPace(SendOptions options, Scheduler scheduler) {
        this.every = options.every().toMillis();
        this.allowance = every * (options.burst() - 1);
        this.scheduler = scheduler;
    }

    /** Completes when the next message may go out. */
    Mono<Void> turn() {
        return Mono.defer(() -> {
            long now = scheduler.now(TimeUnit.MILLISECONDS);
            long full = fullAt.updateAndGet(before -> Math.max(before, now) + every);
            long wait = full - every - allowance - now;
            return wait <= 0
                    ? Mono.empty()
                    : Mono.delay(Duration.ofMillis(wait), scheduler).then();
        });
    }
}
