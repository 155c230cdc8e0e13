package io.wxflux.event;

import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;

/**
 * A message of the outbox went on. Journaled in the same commit as the outbox itself, so that the last of these events
 * says what became of the message whatever crashed.
 *
 * @param entry as it is from then on
 * @param recipient as known when the message was put in; only the UserName of whom nothing was known
 */
public record SendEvent(EventHead head, OutboxEntry entry, Party recipient) implements AccountEvent {
    /** An expired message counts as refused: its recipient does not get it. The reason says so. */
    @Override
    public String type() {
        return "wx.send."
                + (entry.state() == OutboxEntry.State.EXPIRED ? OutboxEntry.State.REFUSED : entry.state()).word();
    }

    @Override
    public UserName subject() {
        return entry.to();
    }

    @Override
    public boolean isJournaled() {
        return true;
    }
}
