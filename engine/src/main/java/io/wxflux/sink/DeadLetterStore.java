package io.wxflux.sink;

import reactor.core.publisher.Mono;

/** Where rejected events are kept, so that nothing is ever dropped. */
public interface DeadLetterStore {
    /**
     * Keeps a rejected event. <b>Emits</b> nothing; completion means it is durable, only then the sink's cursor moves on.
     * <b>Errors</b> the sink waits and the letter is offered again. <b>Threads</b> must not block.
     */
    Mono<Void> add(DeadLetter letter);
}
