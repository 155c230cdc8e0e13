package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import java.time.Instant;

/**
 * An event that a sink rejected every time it was offered.
 *
 * @param sink the name of the sink
 * @param event the event; a message keeps its raw bytes
 * @param record the journal's record of it, opaque and not to be changed: from it the event is made again
 * @param reason the last rejection, in one line
 * @param time of the last rejection
 */
public record DeadLetter(String sink, AccountEvent event, byte[] record, String reason, Instant time) {
    /** The letter as it is kept. */
    public KeptLetter kept() {
        return new KeptLetter(
                sink,
                event.account(),
                event.head().id(),
                event.type(),
                event.head().sequence().orElse(0),
                reason,
                time,
                record);
    }

    @Override
    public String toString() {
        return kept().toString();
    }
}
