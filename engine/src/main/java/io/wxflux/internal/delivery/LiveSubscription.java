package io.wxflux.internal.delivery;

import io.wxflux.error.EventsMissedException;
import io.wxflux.event.AccountEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One looker-on. It is fed by any number of threads and never holds one up: what does not fit into its buffer is counted,
 * and when it has seen what was before that, it is told the count and let go.
 */
final class LiveSubscription implements Subscription {
    private final CoreSubscriber<? super AccountEvent> actual;
    private final int most;
    private final Consumer<LiveSubscription> onEnd;
    private final Queue<AccountEvent> buffer = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private volatile boolean completed;
    private volatile boolean cancelled;

    // Touched only while draining.
    private boolean ended;

    LiveSubscription(CoreSubscriber<? super AccountEvent> actual, int most, Consumer<LiveSubscription> onEnd) {
        this.actual = actual;
        this.most = most;
        this.onEnd = onEnd;
    }

    void offer(AccountEvent event) {
        // Once one was missed all that follow are: what it sees has no hole.
        boolean whole = missed.get() == 0;
        if (whole && size.incrementAndGet() <= most) {
            buffer.add(event);
        } else {
            missed.incrementAndGet();
            if (whole) {
                size.decrementAndGet();
            }
        }
        drain();
    }

    void complete() {
        completed = true;
        drain();
    }

    /** Nothing more will be offered to it. */
    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.accumulateAndGet(n, Operators::addCap);
            drain();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        onEnd.accept(this);
        drain();
    }

    private void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int rounds = 1;
        do {
            emit();
            rounds = wip.addAndGet(-rounds);
        } while (rounds != 0);
    }

    private void emit() {
        while (!cancelled && !ended && requested.get() > 0) {
            AccountEvent next = buffer.poll();
            if (next == null) {
                break;
            }
            size.decrementAndGet();
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            actual.onNext(next);
        }
        if (cancelled) {
            buffer.clear();
        } else if (!ended && size.get() == 0 && (completed || missed.get() > 0)) {
            ended = true;
            onEnd.accept(this);
            long count = missed.get();
            if (count > 0) {
                actual.onError(new EventsMissedException(count));
            } else {
                actual.onComplete();
            }
        }
    }
}
