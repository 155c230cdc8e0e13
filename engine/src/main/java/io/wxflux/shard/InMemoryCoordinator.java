package io.wxflux.shard;

import io.wxflux.error.EngineStateException;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Grants one {@link InMemoryShard}, for tests and throw-away runs: it keeps every promise of the SPI but durability.
 * What it holds is gone with it and is bounded by nothing but the retentions that are committed.
 */
public final class InMemoryCoordinator implements Coordinator {
    private final InMemoryShard.Memory memory;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final Sinks.Empty<ShardEvent> closed = Sinks.empty();
    private volatile long granted;

    public InMemoryCoordinator() {
        this(new InMemoryShard.Memory());
    }

    private InMemoryCoordinator(InMemoryShard.Memory memory) {
        this.memory = memory;
    }

    /**
     * What a restarted process would open: the same memory under a new grant. As soon as its shard is acquired, the
     * shard of this coordinator is fenced.
     */
    public InMemoryCoordinator reopen() {
        return new InMemoryCoordinator(memory);
    }

    /**
     * <b>Emits</b> one {@link ShardEvent.Acquired}; completes when the coordinator is closed. <b>Errors</b>
     * {@link EngineStateException} on the second subscription or after {@link #close()}. <b>Backpressure</b> honoured.
     * <b>Cancellation</b> keeps the grant. <b>Threads</b> the subscriber's.
     */
    @Override
    public Flux<ShardEvent> shards() {
        return Flux.concat(Mono.fromSupplier(this::acquire), closed.asMono());
    }

    private ShardEvent acquire() {
        if (!subscribed.compareAndSet(false, true)) {
            throw new EngineStateException("the shards of a coordinator can be taken once; this one's are taken or it"
                    + " is closed: open another");
        }
        InMemoryShard shard = InMemoryShard.grant(memory);
        granted = shard.epoch();
        return new ShardEvent.Acquired(shard);
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            subscribed.set(true);
            return memory.giveBack(granted).doOnSuccess(done -> closed.tryEmitEmpty());
        });
    }
}
