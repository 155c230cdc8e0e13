package io.wxflux.internal.transport;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.options.HttpOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One host of the long poll as all accounts of an engine see it: a circuit breaker, and the pace of new connections.
 *
 * <p>A long poll is held for half a minute when all is well, so its end says little and late. What counts is whether the
 * host takes it: no connection, or an end soon after the beginning, or an answer that is none, is a failure; a poll that is
 * still there a moment after it was sent was taken, and is as good as answered. Of a poll that breaks later nothing is
 * learned: the next one shows more. When that breaks as well, or one is never answered at all, or with a 5xx at last, it is
 * a failure again, and after it only an answer counts as one, as a host that takes everything and answers nothing would be
 * believed for ever.
 */
public final class HostGuard {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.hosts");

    /** Polls that are looked back upon; of them half must have failed, and of a few only when there were this few. */
    private static final int WINDOW = 10;

    private static final int FEWEST = 3;
    private static final float FAILED_PERCENT = 50;

    /** How long a host that is down is left alone at first; then one poll, of whichever account comes first, tries it. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** Doubled each time it fails, up to this: accounts that poll elsewhere are to return within a minute. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(8);

    /** A poll that is still there so long after it was sent was taken. */
    private static final Duration TAKEN = Duration.ofSeconds(1);

    /** What breaks before was not held. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private final String host;
    private final Scheduler scheduler;
    private final Duration deadline;
    private final CircuitBreaker breaker;
    private final ConnectionPace pace;

    /** Ends the waiting of those who are about to connect. */
    private final AtomicReference<Sinks.Empty<Void>> gone = new AtomicReference<>(Sinks.empty());

    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean failing;
    private volatile boolean silent;
    private volatile long lastTried;
    private volatile String lastFailure = "";

    HostGuard(String host, HttpOptions options, Scheduler scheduler, RandomGenerator random) {
        this.host = host;
        this.scheduler = scheduler;
        this.deadline = options.pollTimeout();
        this.pace = new ConnectionPace(options.connectionsPerSecond(), scheduler);
        this.lastTried = now();
        this.breaker = CircuitBreaker.of(
                host,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                WINDOW,
                                FEWEST,
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold(FAILED_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(attempt -> rest(attempt, random))
                        .clock(new SchedulerClock(scheduler))
                        .currentTimestampFunction(clock -> now(), TimeUnit.NANOSECONDS)
                        .writableStackTraceEnabled(false)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(
                        event.getStateTransition().getFromState(),
                        event.getStateTransition().getToState()));
    }

    /** Whether there is no doubt about it: it is not down, and the last poll there did not fail. */
    public boolean isGood() {
        return !failing && breaker.getState() == State.CLOSED;
    }

    /** Whether so many accounts are about to connect to it that one more would wait too long. */
    public boolean isCrowded() {
        return pace.isCrowded();
    }

    /**
     * What comes in when the breaker is open was asked before: it teaches nothing, and when it is half open the probe alone
     * decides. (The lock-free window of a single call takes no second result.)
     */
    private boolean isListening(boolean probe) {
        State now = breaker.getState();
        return now == State.CLOSED || probe && now == State.HALF_OPEN;
    }

    private void lost(boolean probe, Throwable error) {
        if (isListening(probe)) {
            breaker.onError(0, TimeUnit.NANOSECONDS, error);
        }
    }

    private void well(boolean probe, long lasted) {
        if (isListening(probe)) {
            breaker.onSuccess(lasted, TimeUnit.NANOSECONDS);
        }
    }

    /** When it was tried last, in nanoseconds of no known origin. */
    public long lastTried() {
        return lastTried;
    }

    /** Why it is not tried. */
    public HostUnreachableException down() {
        return HostUnreachableException.neverSent(host + " is known to be down, nothing was sent there ("
                + (lastFailure.isEmpty() ? "it is being tried" : lastFailure) + ")");
    }

    /**
     * A poll may be made there now; null when the host is down, or is being tried by another account.
     *
     * @param again whether the last one of the same account there broke off just now
     */
    public @Nullable Call admit(boolean again) {
        if (!permitted()) {
            return null;
        }
        lastTried = now();
        return new Call(breaker.getState() == State.HALF_OPEN, again);
    }

    /** An open breaker takes a lock when its rest is over, and nobody may wait for one here: one account asks at a time. */
    private boolean permitted() {
        if (breaker.getState() == State.CLOSED) {
            return breaker.tryAcquirePermission();
        }
        if (!asking.compareAndSet(false, true)) {
            return false;
        }
        try {
            return breaker.tryAcquirePermission();
        } finally {
            asking.set(false);
        }
    }

    /** Upward only is it jittered: it bounds how often a dead host is asked. */
    private static long rest(int attempt, RandomGenerator random) {
        long least = Math.min(LONGEST_REST.toMillis(), REST.toMillis() << Math.min(attempt - 1, 10));
        return least + random.nextLong(least / 4 + 1);
    }

    private void changed(State from, State to) {
        if (to == State.OPEN) {
            // Everybody who waits to connect looks elsewhere at once.
            Sinks.Empty<Void> waiting = requireNonNull(gone.getAndSet(Sinks.empty()));
            waiting.tryEmitEmpty();
        }
        if (to == State.OPEN && from == State.CLOSED) {
            log.warn("{} is down, the accounts poll elsewhere until it answers again: {}", host, lastFailure);
        } else if (to == State.CLOSED) {
            log.info("{} is back, the accounts return to it", host);
        } else {
            log.debug("{}: {} after {}", host, to, from);
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** One poll at the host. Subscribed to once. */
    public final class Call {
        private final boolean probe;
        private final boolean again;
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile boolean tried;
        private volatile boolean brokeOff;
        private volatile boolean over;
        private volatile long began;
        private volatile @Nullable Disposable alarm;

        private Call(boolean probe, boolean again) {
            this.probe = probe;
            this.again = again;
        }

        /**
         * <b>Emits</b> and <b>errors</b> as the poll; also {@link HostUnreachableException} when the host is found to be
         * down while this one waits to connect. <b>Cancellation</b> cancels the poll. <b>Threads</b> those of the poll, or
         * the scheduler's.
         *
         * @param connects whether it needs a new connection and has to wait for its turn
         * @param onAccepted of a poll on a new connection: run once it is clear that the host took it, unless it was
         *     answered before
         */
        public <T> Mono<T> poll(Mono<T> request, boolean connects, Runnable onAccepted) {
            Mono<T> watched = Mono.defer(() -> {
                tried = true;
                began = now();
                return request;
            });
            if (probe || connects) {
                watched = watched.contextWrite(context -> Departure.watchedBy(context, () -> departed(onAccepted)));
            }
            Mono<T> poll = connects ? turn().then(watched) : watched;
            return poll.doOnNext(answer -> answered()).doOnError(this::failed).doOnCancel(this::giveBack);
        }

        private Mono<Void> turn() {
            long wait = pace.take();
            return wait == 0
                    ? Mono.empty()
                    : Mono.firstWithSignal(
                            Mono.delay(Duration.ofNanos(wait), scheduler).then(),
                            requireNonNull(gone.get()).asMono().then(Mono.error(HostGuard.this::down)));
        }

        /** It was held and then broke off: there is nothing to hold against the host, which may be asked again. */
        public boolean brokeOff() {
            return brokeOff;
        }

        private void departed(Runnable onAccepted) {
            Disposable set = scheduler.schedule(() -> accepted(onAccepted), TAKEN.toMillis(), TimeUnit.MILLISECONDS);
            alarm = set;
            if (over) {
                set.dispose();
            }
        }

        private void accepted(Runnable onAccepted) {
            if (probe && !silent && told.compareAndSet(false, true)) {
                failing = false;
                well(probe, 0);
            }
            onAccepted.run();
        }

        private void answered() {
            calm();
            failing = false;
            silent = false;
            if (told.compareAndSet(false, true)) {
                well(probe, now() - began);
            }
        }

        private void failed(Throwable error) {
            calm();
            long lasted = now() - began;
            if (!tried || !isItsFault(error, lasted)) {
                brokeOff = tried;
                giveBack();
                return;
            }
            failing = true;
            lastFailure = String.valueOf(error.getMessage());
            if (lasted >= EARLY.toNanos()) {
                // Though it had seemed to be accepted, and the next one may seem so, too.
                silent = true;
                boolean first = told.compareAndSet(false, true);
                lost(probe && first, error);
            } else if (told.compareAndSet(false, true)) {
                lost(probe, error);
            }
        }

        /** An answer is never the way's fault, however late it comes; and the same way seldom breaks twice. */
        private boolean isItsFault(Throwable error, long lasted) {
            return error instanceof ProtocolViolationException
                    || error instanceof HostUnreachableException unreachable
                            && (unreachable.neverSent()
                                    || unreachable.answered()
                                    || again
                                    || lasted < EARLY.toNanos()
                                    || lasted >= deadline.toNanos());
        }

        /** It taught nothing. */
        private void giveBack() {
            calm();
            if (told.compareAndSet(false, true) && probe) {
                breaker.releasePermission();
            }
        }

        private void calm() {
            over = true;
            Disposable set = alarm;
            if (set != null) {
                set.dispose();
            }
        }
    }

    /** The scheduler's time as a clock: a breaker on the system's clock would stay open for ever in virtual time. */
    private static final class SchedulerClock extends Clock {
        private final Scheduler scheduler;

        SchedulerClock(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(scheduler.now(TimeUnit.NANOSECONDS));
        }
    }
}
