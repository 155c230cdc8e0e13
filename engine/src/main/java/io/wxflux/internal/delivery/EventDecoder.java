package io.wxflux.internal.delivery;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.Slot;
import io.wxflux.internal.session.ContactBook;
import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.UserName;
import java.util.OptionalLong;
import java.util.function.Function;

/** A journal record to the event people see; names are joined here, from what is known now. */
final class EventDecoder implements Function<Slot, AccountEvent> {
    private final AccountId account;
    private final ContactBook contacts;

    EventDecoder(AccountId account, ContactBook contacts) {
        this.account = account;
        this.contacts = contacts;
    }

    @Override
    public AccountEvent apply(Slot slot) {
        JournalEntry entry = AccountJournal.entry(slot);
        if (entry instanceof JournalEntry.OfEvent other) {
            return other.event(account, slot.offset());
        }
        var received = (JournalEntry.OfMessage) entry;
        Message message = MessageDecoder.decode(received.raw(), received.self());
        MessageHeader header = message.header();
        UserName room = header.room();
        return new MessageReceived(
                new EventHead(
                        account,
                        account.value() + "-" + header.id().value(),
                        header.createTime(),
                        OptionalLong.of(slot.offset())),
                message,
                contacts.party(header.from(), room),
                contacts.party(header.to(), room),
                contacts.party(header.sender(), room),
                room == null ? null : contacts.party(room, null));
    }
}
