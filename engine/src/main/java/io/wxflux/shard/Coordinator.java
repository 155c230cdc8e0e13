package io.wxflux.shard;

import io.wxflux.sink.DeadLetterStore;
import org.jspecify.annotations.Nullable;
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

    /**
     * Where an engine on these shards keeps what sinks reject for good, unless its options name a place of their own. One
     * that lasts belongs to every coordinator that lasts: the journal moves on once a letter is kept. It is opened and
     * closed by this coordinator, not by the engine. Null, the default, = in memory, the newest 1,000.
     */
    default @Nullable DeadLetterStore deadLetters() {
        return null;
    }

    /** Gives everything back at once, after pending commits. Completes when others may take over. Idempotent. */
    Mono<Void> close();
}
