package io.wxflux.sink;

import io.wxflux.error.EngineStateException;
import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import reactor.core.publisher.Mono;

/**
 * A sink that stores a batch and its cursor together, atomically, and so has every event exactly once. Its own cursor
 * wins over the engine's.
 */
public interface TransactionalSink extends EventSink {
    /**
     * <b>Emits</b> the journal offset after the last event the sink holds of that account; empty when it holds none, so
     * that the engine's own cursor counts. <b>Errors</b> as {@link #write}. <b>Cancellation</b> harmless.
     * <b>Threads</b> subscribed on any engine thread: it must not block.
     */
    Mono<Long> position(AccountId account);

    /**
     * As {@link EventSink#replay}: stores an event that was left out. A position that lies behind it stays as it is; one
     * that does not moves behind it, for the engine is past it. An event that is stored already, by its id, is not stored again, as far as the sink can know. A sink that does not say how
     * takes no replays: its {@link #write} would leave the event out, for it has what is behind it.
     */
    @Override
    default Mono<Void> replay(AccountEvent event) {
        return Mono.error(
                () -> new EngineStateException("the sink of " + event.head().id()
                        + " keeps its own place and takes no replays: let it implement TransactionalSink.replay"));
    }
}
