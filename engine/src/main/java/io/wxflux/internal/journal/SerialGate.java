package io.wxflux.internal.journal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets operations happen one after the other, in the order of subscription. One that has begun runs to its end even if
 * its subscriber leaves.
 */
public final class SerialGate {
    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    public <T> Mono<T> inTurn(Supplier<Mono<T>> operation) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> before = last.getAndSet(done.asMono());
            // cache(): a cancelled subscriber does not cancel what it has begun, nor hold up whoever waits behind it.
            return before.then(Mono.defer(operation))
                    .doFinally(signal -> done.tryEmitEmpty())
                    .cache();
        });
    }
}
