package io.wxflux.internal.pipeline;

import io.wxflux.error.Remedy;
import io.wxflux.error.WxfluxException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.session.AccountScope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** When an account tries again, by the remedy of the error and nothing else. Waits are jittered: accounts are many. */
final class Policies {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.pipeline");

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Of the longest, 20 s: so the unluckiest account asks no more than three times a minute. */
    private static final int LEAST_SHARE = 3;

    private static final Duration FIRST_RELOGIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_RELOGIN = Duration.ofMinutes(10);
    private static final Duration FIRST_REST = Duration.ofSeconds(60);
    private static final Duration LONGEST_REST = Duration.ofMinutes(30);

    private final AccountScope scope;

    /** Logins since a session was last confirmed by an answer of the server. */
    private final AtomicInteger relogins = new AtomicInteger();

    /** 1205 since the last progress. */
    private final AtomicInteger rests = new AtomicInteger();

    /** Of the cycle, since the last progress. */
    private final AtomicInteger failures = new AtomicInteger();

    Policies(AccountScope scope) {
        this.scope = scope;
    }

    /** A session is open: what went wrong in the one before counts no more. */
    void opened() {
        failures.set(0);
    }

    /** The server answered in this session: logins before it count no more. */
    void confirmed() {
        relogins.set(0);
    }

    /** A page was kept, or a poll was held: failures before it count no more. */
    void progressed() {
        failures.set(0);
        rests.set(0);
    }

    /** For the opening of a session, or a sign of life: whatever passes by itself, for ever. */
    Retry transientFaults() {
        return transientFaults(Retry.RetrySignal::totalRetriesInARow);
    }

    /**
     * For the cycle: what counts are failures since the last progress, whatever else was answered in between. A poll that is
     * answered with "nothing" at once, while webwxsync fails, would make the account ask as if nothing had happened yet.
     */
    Retry faultsOfCycle() {
        return transientFaults(signal -> failures.getAndIncrement());
    }

    /** @param before how many failures there were before this one */
    private Retry transientFaults(ToLongFunction<Retry.RetrySignal> before) {
        return Retry.from(signals -> signals.concatMap(signal -> {
            Throwable error = signal.failure();
            Remedy remedy = remedy(error);
            return switch (remedy) {
                case RETRY, NEXT_HOST -> {
                    long earlier = before.applyAsLong(signal);
                    yield backOff(error, earlier + 1, wait(FIRST, LONGEST, earlier));
                }
                case COOL_DOWN -> rest(error);
                case RELOGIN, STOP -> Mono.<Long>error(error);
            };
        }));
    }

    /**
     * For the account: a session that ended is followed by the next one; a stop ends the wait. The wait only: were the
     * whole companion to end at a stop, the retry would complete at once and cut the open session off instead of closing it.
     */
    Retry relogin(Publisher<?> stop) {
        return Retry.from(failures -> failures.concatMap(signal -> {
                    Throwable error = signal.failure();
                    if (remedy(error) != Remedy.RELOGIN) {
                        return Mono.<Boolean>error(error);
                    }
                    int attempt = relogins.getAndIncrement();
                    return backOff(error, attempt + 1L, wait(FIRST_RELOGIN, LONGEST_RELOGIN, attempt))
                            .thenReturn(true)
                            .takeUntilOther(stop)
                            .defaultIfEmpty(false);
                })
                .takeWhile(again -> again));
    }

    private Mono<Long> backOff(Throwable error, long attempt, Duration delay) {
        scope.announcer().failed(error);
        scope.announcer().state(AccountState.BACKING_OFF);
        scope.announcer().resting(delay);
        scope.announcer()
                .live(head -> new Lifecycle.BackingOff(head, String.valueOf(error.getMessage()), attempt, delay));
        // Whoever wants the account signed in now is asking while there is no session only.
        return Mono.firstWithSignal(
                Mono.delay(delay, scope.scheduler()), scope.asked().thenReturn(0L));
    }

    private Mono<Long> rest(Throwable error) {
        Duration delay = restFor(rests.getAndIncrement());
        scope.announcer().failed(error);
        scope.announcer().state(AccountState.BACKING_OFF);
        scope.announcer().resting(delay);
        scope.announcer().live(head -> new Lifecycle.Throttled(head, String.valueOf(error.getMessage()), delay));
        return Mono.delay(delay, scope.scheduler());
    }

    /** Doubling, too, but jittered upward: the service asked to be left alone for at least so long. */
    private Duration restFor(int before) {
        long least = Math.min(LONGEST_REST.toMillis(), FIRST_REST.toMillis() << Math.min(before, 20));
        return Duration.ofMillis(least + scope.random().nextLong(least / 4 + 1));
    }

    /** An error that is not ours is a bug; even so the account goes on, slowly, and says what happened. */
    private Remedy remedy(Throwable error) {
        if (error instanceof WxfluxException known) {
            return known.remedy();
        }
        log.error("{}: unexpected {}; tried again", scope.id(), error.getClass().getName(), error);
        return Remedy.RETRY;
    }

    /**
     * Doubling from the first to the longest, anywhere between a third of that and all of it: after a few minutes of an
     * outage the accounts are spread evenly, and come back so.
     */
    private Duration wait(Duration first, Duration longest, long failures) {
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, 20));
        long least = most / LEAST_SHARE;
        return Duration.ofMillis(least + scope.random().nextLong(most - least + 1));
    }
}
