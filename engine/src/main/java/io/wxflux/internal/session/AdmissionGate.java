package io.wxflux.internal.session;

import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Lets so many accounts at a time open their sessions, first come first served, so that a thousand of them do not come
 * upon the service at once. Waiting for a person to scan a code is outside of it.
 */
public final class AdmissionGate {
    private final Scheduler scheduler;

    /** Between two who are let in, at least; zero for none. */
    private final long spacing;

    private final RandomGenerator random;

    /** On the steady clock; touched by whoever hands out, one at a time. */
    private long nextAt;

    /** Whether somebody will hand out when the time comes. */
    private final AtomicBoolean alarm = new AtomicBoolean();

    private final AtomicInteger free;
    private final Queue<Sinks.Empty<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    public AdmissionGate(int places, Scheduler scheduler) {
        this(places, 0, new SplittableRandom(0), scheduler);
    }

    /** @param perSecond lets no more in within a second, irregularly: 0 for as many as there are */
    public AdmissionGate(int places, int perSecond, RandomGenerator random, Scheduler scheduler) {
        this.free = new AtomicInteger(places);
        this.spacing = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.random = random;
        this.scheduler = scheduler;
        this.nextAt = now();
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    public <T> Mono<T> admit(Supplier<Mono<T>> operation) {
        return Mono.usingWhen(enter(), place -> operation.get(), place -> Mono.fromRunnable(place::leave));
    }

    private Mono<Place> enter() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> turn = Sinks.empty();
            Place place = new Place();
            waiting.add(turn);
            handOut();
            // Whoever gives up while waiting passes the place on, should it have been handed out all the same.
            return turn.asMono().publishOn(scheduler).thenReturn(place).doOnCancel(() -> {
                if (!waiting.remove(turn)) {
                    place.leave();
                }
            });
        });
    }

    private void leave() {
        free.incrementAndGet();
        handOut();
    }

    private void handOut() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (free.get() > 0 && !isTooSoon()) {
                Sinks.Empty<Void> next = waiting.poll();
                if (next == null) {
                    break;
                }
                free.decrementAndGet();
                nextAt = now() + spacing + (spacing == 0 ? 0 : random.nextLong(spacing / 4 + 1));
                next.tryEmitEmpty();
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private boolean isTooSoon() {
        long wait = nextAt - now();
        if (wait <= 0 || waiting.isEmpty()) {
            return wait > 0;
        }
        if (alarm.compareAndSet(false, true)) {
            scheduler.schedule(
                    () -> {
                        alarm.set(false);
                        handOut();
                    },
                    wait,
                    TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private final class Place {
        private final AtomicBoolean left = new AtomicBoolean();

        void leave() {
            if (left.compareAndSet(false, true)) {
                AdmissionGate.this.leave();
            }
        }
    }
}
