package io.wxflux.internal.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A Flux that any number of threads may feed without locks or spinning, for one subscriber. The feeders bound it: each
 * lane is in it at most once. (Reactor's own sinks refuse concurrent emission.)
 */
public final class ReadyQueue<T> extends Flux<T> implements Subscription {
    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile @Nullable CoreSubscriber<? super T> actual;
    private volatile boolean completed;
    private volatile boolean cancelled;

    // Touched only while draining.
    private boolean ended;

    /** @return whether the subscriber gets it; not when the queue is complete */
    public boolean offer(T item) {
        if (completed) {
            return false;
        }
        queue.add(item);
        drain();
        // Completed between the two: what is still here is taken back, what is not was handed out.
        return !completed || !queue.remove(item);
    }

    public boolean isCompleted() {
        return completed;
    }

    public void complete() {
        completed = true;
        drain();
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        if (actual != null) {
            Operators.error(subscriber, new IllegalStateException("a ReadyQueue has one subscriber"));
            return;
        }
        // In this order: a feeder must not complete a subscriber that has no subscription yet.
        subscriber.onSubscribe(this);
        actual = subscriber;
        drain();
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
        drain();
    }

    private void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            CoreSubscriber<? super T> subscriber = actual;
            if (subscriber != null) {
                emit(subscriber);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void emit(CoreSubscriber<? super T> subscriber) {
        while (!cancelled && !ended && requested.get() > 0) {
            T next = queue.poll();
            if (next == null) {
                break;
            }
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            subscriber.onNext(next);
        }
        if (cancelled) {
            queue.clear();
        } else if (completed && queue.isEmpty() && !ended) {
            ended = true;
            subscriber.onComplete();
        }
    }
}
