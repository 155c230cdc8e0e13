package io.wxflux.sink;

import io.wxflux.model.AccountId;
import java.time.Instant;

/**
 * A dead letter as a {@link DeadLetterStore} tells it back. A sink has at most one for an event: sink, account and event id
 * are its name.
 *
 * @param eventId the id of the event, such as {@code alice-7301}
 * @param type the type of the event, such as {@code wx.message.text}
 * @param sequence the journal offset of the event
 * @param reason the last rejection, in one line
 * @param time of the last rejection
 * @param record the journal's record of the event, opaque and not to be changed; empty when the store has lost it, or had
 *     it from a version that did not keep it: such a letter cannot be replayed
 */
public record KeptLetter(
        String sink,
        AccountId account,
        String eventId,
        String type,
        long sequence,
        String reason,
        Instant time,
        byte[] record) {
    /** Whether both are the letter of the same event of the same sink. */
    public boolean isSame(KeptLetter other) {
        return sink.equals(other.sink) && account.equals(other.account) && eventId.equals(other.eventId);
    }

    /** What people wrote is not for logs. */
    @Override
    public String toString() {
        return "KeptLetter[" + sink + ", " + eventId + ", " + type + ", " + record.length + " bytes]";
    }
}
