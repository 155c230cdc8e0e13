package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import io.wxflux.model.AccountId;
import reactor.core.publisher.Mono;

/**
 * Where events go. A sink reads the journal at its own pace, with a cursor of its own for each account: one that is
 * slow, failing or down lags by itself.
 *
 * <p>Batches of one account come one after the other, those of different accounts concurrently.
 */
public interface EventSink {
    /**
     * Takes a batch.
     *
     * <p><b>Emits</b> nothing; completion means that every event of the batch is accepted for good: the cursor moves
     * past it. <b>Errors</b> {@link io.wxflux.error.SinkUnavailableException} is an outage: the same batch comes again,
     * for ever, with growing waits. Any other error is a rejection: the events are offered one by one, each a few times,
     * and those still rejected go to the dead letters. <b>Backpressure</b> the next batch of the account waits.
     * <b>Cancellation</b> at a stop, and when it takes longer than {@code delivery.write-timeout} (60 s by default), which
     * is an outage; the batch counts as not accepted and comes again. <b>Threads</b> subscribed on any
     * engine thread: it must not block.
     *
     * <p>The same events may come again after a crash or an error, with the same ids: be idempotent by id, or implement
     * {@link TransactionalSink}.
     */
    Mono<Void> write(EventBatch batch);

    /** The most events this sink wants at once; the engine's own bound holds as well. */
    default int maxBatch() {
        return Integer.MAX_VALUE;
    }

    /**
     * Is told of an event that is live only (QR codes, backing off, ...). Best effort: bounded, dropped while the sink is
     * behind; errors are logged and forgotten.
     */
    default Mono<Void> observe(AccountEvent event) {
        return Mono.empty();
    }

    /**
     * Events of the account, from one offset to before the other, were dropped from the journal before this sink had
     * them: it is not {@linkplain SinkSpec#required required}, or was taken out for a while. Told once, before the event
     * that follows; errors are logged and forgotten. Also in the log.
     */
    default Mono<Void> missed(AccountId account, long from, long to) {
        return Mono.empty();
    }

    /**
     * An event that this sink rejected before, and that somebody wants it to have now: see {@code Engine.replay}. It is
     * older than what the sink was given since. Same signals as {@link #write}, at no other time than a write.
     */
    default Mono<Void> replay(AccountEvent event) {
        return write(EventBatch.of(event));
    }

    /**
     * Opens whatever the sink needs; called once before any other method. An error ends the engine's start.
     */
    default Mono<Void> open() {
        return Mono.empty();
    }

    /** Releases everything; called once, after the last write. */
    default Mono<Void> close() {
        return Mono.empty();
    }
}
