package io.wxflux.internal.wire;

import io.wxflux.event.SendEvent;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.time.Instant;

/** A message of the outbox in a journal entry. */
final class SendEntryForm {
    private SendEntryForm() {}

    static void write(SendEvent send, EntryWriter out) {
        OutboxEntry entry = send.entry();
        out.text(entry.id());
        out.text(entry.to().value());
        out.text(entry.kind().name());
        out.text(entry.state().name());
        out.number(entry.queuedAt().toEpochMilli());
        out.number(entry.expiresAt().toEpochMilli());
        out.text(entry.msgId().value());
        out.text(entry.reason());
        PackedWriter recipient = ContactForm.start();
        ContactForm.write(recipient, send.recipient());
        out.rest(recipient.toByteArray());
    }

    /** @param named whether the recipient's names follow */
    static JournalEntry.OfEvent read(EntryReader in, Instant time, boolean named) {
        var entry = new OutboxEntry(
                in.text(),
                UserName.of(in.text()),
                Outgoing.Kind.valueOf(in.text()),
                OutboxEntry.State.valueOf(in.text()),
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(in.number()),
                new MsgId(in.text()),
                in.text());
        Party recipient = named ? recipient(in.rest()) : Party.unknown(entry.to());
        return new JournalEntry.OfEvent(
                "send-" + entry.state().word(), time, head -> new SendEvent(head, entry, recipient));
    }

    private static Party recipient(byte[] bytes) {
        var in = new PackedReader("a journal record", bytes);
        ContactForm.version(in);
        Party recipient = ContactForm.party(in);
        in.end();
        return recipient;
    }
}
