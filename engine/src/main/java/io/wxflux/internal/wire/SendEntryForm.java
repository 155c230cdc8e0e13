package io.wxflux.internal.wire;

import io.wxflux.event.SendEvent;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import java.time.Instant;

/** A message of the outbox in a journal entry. */
final class SendEntryForm {
    private SendEntryForm() {}

    static void write(OutboxEntry entry, EntryWriter out) {
        out.text(entry.id());
        out.text(entry.to().value());
        out.text(entry.kind().name());
        out.text(entry.state().name());
        out.number(entry.queuedAt().toEpochMilli());
        out.number(entry.expiresAt().toEpochMilli());
        out.text(entry.msgId().value());
        out.text(entry.reason());
    }

    static JournalEntry.OfEvent read(EntryReader in, Instant time) {
        var entry = new OutboxEntry(
                in.text(),
                UserName.of(in.text()),
                Outgoing.Kind.valueOf(in.text()),
                OutboxEntry.State.valueOf(in.text()),
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(in.number()),
                new MsgId(in.text()),
                in.text());
        return new JournalEntry.OfEvent("send-" + entry.state().word(), time, head -> new SendEvent(head, entry));
    }
}
