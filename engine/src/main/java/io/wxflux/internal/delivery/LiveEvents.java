package io.wxflux.internal.delivery;

import io.wxflux.event.AccountEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Everything that happens, for whoever looks on. Each subscriber has its own bounded buffer and sees its own overflow. */
public final class LiveEvents {
    static final int BUFFER = 1_024;

    private volatile boolean completed;
    private final List<FluxSink<AccountEvent>> all = new CopyOnWriteArrayList<>();
    private final List<FluxSink<AccountEvent>> liveOnly = new CopyOnWriteArrayList<>();

    /** Nobody looks on: journaled events need not be decoded for it. */
    boolean isIdle() {
        return all.isEmpty();
    }

    /** Publishes an event of either kind. */
    public void publish(AccountEvent event) {
        all.forEach(subscriber -> subscriber.next(event));
        if (!event.isJournaled()) {
            liveOnly.forEach(subscriber -> subscriber.next(event));
        }
    }

    /** Completes all that subscribe, now or later. */
    public void complete() {
        completed = true;
        all.forEach(FluxSink::complete);
        liveOnly.forEach(FluxSink::complete);
    }

    /** Everything. */
    public Flux<AccountEvent> flux() {
        return subscription(all);
    }

    /** What no journal keeps. */
    public Flux<AccountEvent> liveOnly() {
        return subscription(liveOnly);
    }

    private Flux<AccountEvent> subscription(List<FluxSink<AccountEvent>> subscribers) {
        return Flux.<AccountEvent>create(
                        subscriber -> {
                            subscribers.add(subscriber);
                            subscriber.onDispose(() -> subscribers.remove(subscriber));
                            // Behind the entry in the list: complete() looks the other way round, so one sees the
                            // other.
                            if (completed) {
                                subscriber.complete();
                            }
                        },
                        FluxSink.OverflowStrategy.IGNORE)
                .onBackpressureBuffer(BUFFER, BufferOverflowStrategy.ERROR);
    }
}
