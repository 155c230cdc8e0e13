package io.wxflux.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactReader;
import io.wxflux.internal.contacts.ContactReader.Parties;
import io.wxflux.internal.journal.Slot;
import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A journal record to the event people see; names are joined here, from what is known now. */
final class EventDecoder {
    private final AccountId account;
    private final AccountContacts contacts;
    private final ContactReader reader;

    EventDecoder(AccountId account, AccountContacts contacts) {
        this.account = account;
        this.contacts = contacts;
        this.reader = contacts.reader();
    }

    /** Nothing more is asked of it. */
    void close() {
        contacts.forget();
    }

    /** For lookers-on, who are not waited for: with the names that are in memory. Sinks get what they would get anyway. */
    AccountEvent live(Slot slot) {
        AccountEvent known = now(slot);
        if (known != null) {
            return known;
        }
        var received = (JournalEntry.OfMessage) slot.entry();
        Message message = received.message();
        Parties inMemory = reader.inMemory(message.header());
        return event(slot, message, inMemory == null ? ContactReader.nameless(message.header()) : inMemory);
    }

    /** The event, if nothing has to be waited for; the common case. */
    @Nullable
    AccountEvent now(Slot slot) {
        AccountEvent known = slot.event();
        if (known != null) {
            return known;
        }
        JournalEntry entry = slot.entry();
        AccountEvent made;
        if (entry instanceof JournalEntry.OfEvent other) {
            made = other.event(account, slot.offset());
        } else {
            var received = (JournalEntry.OfMessage) entry;
            Message message = received.message();
            Parties parties = reader.inMemory(message.header());
            if (parties == null || contacts.introduce(parties.unknown(), received.self()) != null) {
                return null;
            }
            made = event(slot, message, parties);
        }
        slot.event(made);
        return made;
    }

    /** What {@link #now} needs before it has the event: nothing any more, or names that the service is asked for. */
    record Lacking(@Nullable Mono<Void> names) {
        static final Lacking NOTHING = new Lacking(null);
    }

    /**
     * Reads what {@link #now} lacked.
     *
     * @param lastly whether it is not to be waited for names any longer
     */
    Mono<Lacking> read(Slot slot, boolean lastly) {
        return Mono.defer(() -> {
            if (now(slot) != null) {
                return Mono.just(Lacking.NOTHING);
            }
            var received = (JournalEntry.OfMessage) slot.entry();
            Message message = received.message();
            return reader.read(message.header()).map(parties -> {
                Mono<Void> names = lastly ? null : contacts.introduce(parties.unknown(), received.self());
                if (names == null) {
                    slot.keep(event(slot, message, parties));
                }
                return new Lacking(names);
            });
        });
    }

    /** The event of a record that was kept elsewhere, with the names that are known now. */
    Mono<AccountEvent> again(Slot slot) {
        return read(slot, true).map(done -> requireNonNull(slot.event()));
    }

    private AccountEvent event(Slot slot, Message message, Parties parties) {
        MessageHeader header = message.header();
        return new MessageReceived(
                new EventHead(
                        account,
                        account.value() + "-" + header.id().value(),
                        header.createTime(),
                        OptionalLong.of(slot.offset())),
                message,
                parties.from(),
                parties.to(),
                parties.sender(),
                parties.room());
    }
}
