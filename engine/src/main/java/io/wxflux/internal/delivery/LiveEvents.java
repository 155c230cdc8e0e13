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

    private final List<FluxSink<AccountEvent>> subscribers = new CopyOnWriteArrayList<>();

    /** Nobody looks on: events need not be made. */
    public boolean isIdle() {
        return subscribers.isEmpty();
    }

    public void publish(AccountEvent event) {
        for (FluxSink<AccountEvent> subscriber : subscribers) {
            subscriber.next(event);
        }
    }

    public void complete() {
        for (FluxSink<AccountEvent> subscriber : subscribers) {
            subscriber.complete();
        }
    }

    public Flux<AccountEvent> flux() {
        return Flux.<AccountEvent>create(
                        subscriber -> {
                            subscribers.add(subscriber);
                            subscriber.onDispose(() -> subscribers.remove(subscriber));
                        },
                        FluxSink.OverflowStrategy.IGNORE)
                .onBackpressureBuffer(BUFFER, BufferOverflowStrategy.ERROR);
    }
}
