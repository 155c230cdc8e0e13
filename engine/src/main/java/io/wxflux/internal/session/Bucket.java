package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.ThrottledException;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.model.PlainTime;
import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.WhenThrottled;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The token bucket of one operation of one account, kept as the time at which it is full again. Turns are given in the
 * order they are asked for; whoever leaves before has spent nothing. Counted on a clock that nobody sets; over a restart
 * the time of day has to do.
 */
final class Bucket {
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * What is kept over restarts.
     *
     * @param fullAt unix milliseconds
     * @param restUntil unix milliseconds; no turn before
     * @param rests 1205 in a row
     * @param tried whether a turn was given since the last 1205: without one, a further 1205 answers an earlier request
     */
    record State(long fullAt, long restUntil, int rests, boolean tried) {
        static final State FULL = new State(0, 0, 0, true);
    }

    /** The same in milliseconds of the steady clock, whose zero is anywhere. */
    private record Level(long fullAt, long restUntil, int rests, boolean tried) {}

    private record Waiter(Sinks.Empty<Void> turn, WhenThrottled choice) {}

    private final Operation operation;
    private final Pace pace;
    private final Scheduler scheduler;
    private final AtomicReference<Level> level;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    /** Touched in {@link #serve} only, as the next. */
    private @Nullable Disposable alarm;

    private long alarmAt;

    Bucket(Operation operation, Pace pace, Scheduler scheduler) {
        this.operation = operation;
        this.pace = pace;
        this.scheduler = scheduler;
        long now = now();
        this.level = new AtomicReference<>(new Level(now, now, 0, true));
    }

    Pace pace() {
        return pace;
    }

    State state() {
        Level now = level();
        return new State(timeOfDay(now.fullAt()), timeOfDay(now.restUntil()), now.rests(), now.tried());
    }

    /** 0 for what is over: so an untouched bucket is {@link State#FULL} at any time. */
    private long timeOfDay(long at) {
        long left = at - now();
        return left <= 0 ? 0 : scheduler.now(TimeUnit.MILLISECONDS) + left;
    }

    /** Goes on with what was kept; a clock that was set back meanwhile must not close the operation for years. */
    void restore(State kept) {
        long now = now();
        long wall = scheduler.now(TimeUnit.MILLISECONDS);
        level.set(new Level(
                now + within(kept.fullAt() - wall, pace.burst() * pace.every().toMillis()),
                now + within(kept.restUntil() - wall, pace.longestRest().toMillis()),
                Math.max(0, kept.rests()),
                kept.tried()));
    }

    private static long within(long left, long most) {
        return Math.max(0, Math.min(left, most));
    }

    private Level level() {
        return requireNonNull(level.get());
    }

    Mono<Void> turn(WhenThrottled choice) {
        return Mono.defer(() -> {
            var waiter = new Waiter(Sinks.empty(), choice);
            waiters.add(waiter);
            handOut();
            return waiter.turn().asMono().doOnCancel(() -> {
                waiters.remove(waiter);
                handOut();
            });
        });
    }

    /** A 1205. Gives the rest that follows from now on; a 1205 for what began before the last one changes nothing. */
    Rest throttled() {
        long now = now();
        Level before = level();
        Level after = before;
        boolean fresh = false;
        do {
            before = level();
            fresh = before.tried();
            after = fresh ? resting(before, now) : before;
        } while (!level.compareAndSet(before, after));
        handOut();
        return new Rest(Duration.ofMillis(Math.max(0, after.restUntil() - now)), fresh);
    }

    /** Zero when it does not rest. */
    Duration restLeft() {
        return Duration.ofMillis(Math.max(0, level().restUntil() - now()));
    }

    /** @param fresh whether this 1205 was what began it */
    record Rest(Duration left, boolean fresh) {}

    private Level resting(Level before, long now) {
        long rest =
                Math.min(pace.longestRest().toMillis(), pace.firstRest().toMillis() << Math.min(before.rests(), 20));
        return new Level(before.fullAt(), now + rest, before.rests() + 1, false);
    }

    /** A request was accepted. One that began before a 1205 says nothing about the time after it. */
    boolean succeeded() {
        Level before = level();
        return before.rests() > 0
                && before.tried()
                && level.compareAndSet(before, new Level(before.fullAt(), before.restUntil(), 0, true));
    }

    private void handOut() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            serve();
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void serve() {
        long now = now();
        Waiter next = waiters.peek();
        while (next != null && opensAt() <= now) {
            if (waiters.remove(next)) {
                level.updateAndGet(before -> new Level(
                        Math.max(before.fullAt(), now) + pace.every().toMillis(),
                        before.restUntil(),
                        before.rests(),
                        true));
                next.turn().tryEmitEmpty();
            }
            next = waiters.peek();
        }
        if (next != null && (pace.strict() || level().restUntil() > now)) {
            refuse(now);
            next = waiters.peek();
        }
        wakeAt(next == null ? NEVER : opensAt(), now);
    }

    private void refuse(long now) {
        Duration wait = Duration.ofMillis(opensAt() - now);
        for (Waiter waiter : waiters) {
            if (waiter.choice() == WhenThrottled.FAIL && waiters.remove(waiter)) {
                waiter.turn().tryEmitError(tooEarly(wait));
            }
        }
    }

    private ThrottledException tooEarly(Duration wait) {
        return new ThrottledException(
                "nothing was asked of the service: "
                        + (level().restUntil() > now()
                                ? operation.word() + " cools down after a 1205"
                                : operation.word() + " may happen once every " + PlainTime.of(pace.every()))
                        + ", it may go on in " + PlainTime.of(wait),
                wait);
    }

    private long opensAt() {
        Level now = level();
        return Math.max(now.restUntil(), now.fullAt() - pace.every().toMillis() * (pace.burst() - 1));
    }

    private void wakeAt(long at, long now) {
        Disposable set = alarm;
        if (set != null && (alarmAt != at || alarmAt <= now)) {
            set.dispose();
            alarm = null;
        }
        if (alarm == null && at != NEVER) {
            alarmAt = at;
            alarm = scheduler.schedule(this::handOut, Math.max(1, at - now), TimeUnit.MILLISECONDS);
        }
    }

    private long now() {
        return Stamps.steady(scheduler);
    }
}
