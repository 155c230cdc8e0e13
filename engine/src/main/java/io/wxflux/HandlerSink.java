package io.wxflux;

import io.wxflux.event.AccountEvent;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A function as a sink: one event at a time, so that little comes again after a crash. */
record HandlerSink(Function<AccountEvent, Mono<Void>> handler) implements EventSink {
    @Override
    public Mono<Void> write(EventBatch batch) {
        return Flux.fromIterable(batch.events())
                .concatMap(event -> Mono.defer(() -> handler.apply(event)))
                .then();
    }

    @Override
    public int maxBatch() {
        return 1;
    }
}
