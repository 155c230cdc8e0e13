package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.ThrottledException;
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
 * order they are asked for; whoever leaves before has spent nothing.
 */
final class Bucket {
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

    private record Waiter(Sinks.Empty<Void> turn, WhenThrottled choice) {}

    private final Operation operation;
    private final Pace pace;
    private final Scheduler scheduler;
    private final AtomicReference<State> state = new AtomicReference<>(State.FULL);
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    /** Touched in {@link #serve} only, as the next. */
    private @Nullable Disposable alarm;

    private long alarmAt;

    Bucket(Operation operation, Pace pace, Scheduler scheduler) {
        this.operation = operation;
        this.pace = pace;
        this.scheduler = scheduler;
    }

    Pace pace() {
        return pace;
    }

    State state() {
        return requireNonNull(state.get());
    }

    /** Goes on with what was kept; a clock that was set back meanwhile must not close the operation for years. */
    void restore(State kept) {
        long now = now();
        state.set(new State(
                Math.min(kept.fullAt(), now + pace.burst() * pace.every().toMillis()),
                Math.min(kept.restUntil(), now + pace.longestRest().toMillis()),
                Math.max(0, kept.rests()),
                kept.tried()));
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
        State before = state();
        State after = before;
        boolean fresh = false;
        do {
            before = state();
            fresh = before.tried();
            after = fresh ? resting(before, now) : before;
        } while (!state.compareAndSet(before, after));
        handOut();
        return new Rest(Duration.ofMillis(Math.max(0, after.restUntil() - now)), fresh);
    }

    /** @param fresh whether this 1205 was what began it */
    record Rest(Duration left, boolean fresh) {}

    private State resting(State before, long now) {
        long rest =
                Math.min(pace.longestRest().toMillis(), pace.firstRest().toMillis() << Math.min(before.rests(), 20));
        return new State(before.fullAt(), now + rest, before.rests() + 1, false);
    }

    /** A request was accepted. One that began before a 1205 says nothing about the time after it. */
    boolean succeeded() {
        State before = state();
        return before.rests() > 0
                && before.tried()
                && state.compareAndSet(before, new State(before.fullAt(), before.restUntil(), 0, true));
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
                state.updateAndGet(before -> new State(
                        Math.max(before.fullAt(), now) + pace.every().toMillis(),
                        before.restUntil(),
                        before.rests(),
                        true));
                next.turn().tryEmitEmpty();
            }
            next = waiters.peek();
        }
        if (next != null && (pace.strict() || state().restUntil() > now)) {
            refuse(now);
            next = waiters.peek();
        }
        wakeAt(next == null ? 0 : opensAt(), now);
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
                        + (state().restUntil() > now()
                                ? operation.word() + " cools down after a 1205"
                                : operation.word() + " may happen once every " + PlainTime.of(pace.every()))
                        + ", it may go on in " + PlainTime.of(wait),
                wait);
    }

    private long opensAt() {
        State now = state();
        return Math.max(now.restUntil(), now.fullAt() - pace.every().toMillis() * (pace.burst() - 1));
    }

    /** @param at 0 for never */
    private void wakeAt(long at, long now) {
        Disposable set = alarm;
        if (set != null && (alarmAt != at || alarmAt <= now)) {
            set.dispose();
            alarm = null;
        }
        if (alarm == null && at != 0) {
            alarmAt = at;
            alarm = scheduler.schedule(this::handOut, Math.max(1, at - now), TimeUnit.MILLISECONDS);
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
