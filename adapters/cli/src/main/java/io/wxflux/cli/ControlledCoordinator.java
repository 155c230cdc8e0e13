package io.wxflux.cli;

import io.wxflux.control.ControlServer;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.ShardEvent;
import io.wxflux.sink.DeadLetterStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens the control endpoint once the state directory is ours, and closes it before it is not any more: the endpoint's
 * file lies in that directory, and a second {@code run} must not overwrite the file of the first.
 */
final class ControlledCoordinator implements Coordinator {
    private final Coordinator journal;
    private final Supplier<Mono<ControlServer>> endpoint;
    private final AtomicReference<@Nullable ControlServer> open = new AtomicReference<>();

    ControlledCoordinator(Coordinator journal, Supplier<Mono<ControlServer>> endpoint) {
        this.journal = journal;
        this.endpoint = endpoint;
    }

    @Override
    public Flux<ShardEvent> shards() {
        return journal.shards().delayUntil(event -> event instanceof ShardEvent.Acquired ? opened() : Mono.empty());
    }

    @Override
    public @Nullable DeadLetterStore deadLetters() {
        return journal.deadLetters();
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
                    ControlServer server = open.getAndSet(null);
                    return server == null ? Mono.empty() : server.stop();
                })
                .then(journal.close());
    }

    private Mono<Void> opened() {
        return Mono.defer(() -> open.get() != null
                ? Mono.empty()
                : endpoint.get().doOnNext(open::set).then());
    }
}
