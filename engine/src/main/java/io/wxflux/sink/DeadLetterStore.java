package io.wxflux.sink;

import io.wxflux.error.EngineStateException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where rejected events are kept, so that nothing is ever dropped. One that only keeps them, for some other program, has
 * {@link #add} alone; replaying needs the rest.
 */
@FunctionalInterface
public interface DeadLetterStore {
    /**
     * Keeps a rejected event. <b>Emits</b> nothing; completion means it is durable, only then the sink's cursor moves on.
     * After a crash the same letter may come again: it replaces the one that is there. <b>Errors</b> the sink waits and the
     * letter is offered again. <b>Threads</b> must not block.
     */
    Mono<Void> add(DeadLetter letter);

    /**
     * <b>Emits</b> the letters that are kept, oldest first. <b>Errors</b> when they cannot be read.
     * <b>Backpressure</b> honoured: a store may hold more than fits into memory. <b>Threads</b> must not block.
     */
    default Flux<KeptLetter> letters() {
        return Flux.error(() -> new EngineStateException(
                "dead letters are kept where this engine cannot read them again: replay them from there"));
    }

    /**
     * Takes a letter off, for good: its sink has the event now. <b>Emits</b> nothing; completion means it is durable, also
     * when there is no such letter. <b>Errors</b> the letter stays. <b>Threads</b> must not block.
     */
    default Mono<Void> remove(KeptLetter letter) {
        return Mono.error(() -> new EngineStateException(
                "dead letters are kept where this engine cannot take them off again: replay them from there"));
    }
}
