package io.wxflux.shard;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides which process runs which shard. On one machine there is one shard for ever. Experimental until a cluster
 * exists: the shape may still change.
 */
public interface Coordinator {
    /**
     * <b>Emits</b> grants and losses as they happen, for as long as it is subscribed; does not complete by itself.
     * <b>Errors</b> {@link io.wxflux.error.CorruptStoreException}, {@link io.wxflux.error.StoreUnavailableException} or
     * {@link io.wxflux.error.FencedException} when the shard cannot be had. <b>Backpressure</b> few events, buffered.
     * <b>Cancellation</b> keeps the grants; {@link #close()} gives them back. <b>Threads</b> any; subscribe once.
     */
    Flux<ShardEvent> shards();

    /** Gives everything back at once, after pending commits. Completes when others may take over. Idempotent. */
    Mono<Void> close();
}
