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

    public void complete() {
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

    private static Flux<AccountEvent> subscription(List<FluxSink<AccountEvent>> subscribers) {
        return Flux.<AccountEvent>create(
                        subscriber -> {
                            subscribers.add(subscriber);
                            subscriber.onDispose(() -> subscribers.remove(subscriber));
                        },
                        FluxSink.OverflowStrategy.IGNORE)
                .onBackpressureBuffer(BUFFER, BufferOverflowStrategy.ERROR);
    }
}
