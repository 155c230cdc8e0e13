package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.SendEvent;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.DateTimeException;
import java.time.Instant;

/** The forms of journal entries, by their numbers on disk: never reuse one. Contacts have 10 to 29. */
final class EntryForm {
    static final byte VERSION = 1;

    static final byte MESSAGE = 1;
    private static final byte LOGGED_IN = 2;
    private static final byte READY = 3;
    private static final byte RESUMED = 4;
    private static final byte LOGGED_OUT = 5;
    private static final byte REFUSED = 6;
    private static final byte SEND = 30;
    private static final byte SEND_TO = 31;

    private EntryForm() {}

    static byte[] write(AccountEvent event) {
        if (event instanceof ContactEvent changed) {
            EntryWriter out = start(ContactEventForm.number(changed), event);
            out.rest(ContactEventForm.write(changed));
            return out.toByteArray();
        }
        if (event instanceof Lifecycle.LoggedIn in) {
            EntryWriter out = start(LOGGED_IN, event);
            out.number(in.uin().value());
            out.text(in.nickName());
            out.text(in.origin().name());
            out.text(in.host());
            return out.toByteArray();
        }
        if (event instanceof Lifecycle.Ready ready) {
            EntryWriter out = start(READY, event);
            out.number(ready.contacts());
            out.number(ready.rooms());
            return out.toByteArray();
        }
        if (event instanceof Lifecycle.Resumed resumed) {
            EntryWriter out = start(RESUMED, event);
            out.number(resumed.uin().value());
            out.text(resumed.nickName());
            out.text(resumed.host());
            return out.toByteArray();
        }
        if (event instanceof Lifecycle.LoggedOut loggedOut) {
            EntryWriter out = start(LOGGED_OUT, event);
            out.number(loggedOut.code());
            out.text(loggedOut.reason());
            return out.toByteArray();
        }
        if (event instanceof Lifecycle.Refused refused) {
            EntryWriter out = start(REFUSED, event);
            out.text(refused.reason());
            return out.toByteArray();
        }
        if (event instanceof SendEvent send) {
            EntryWriter out = start(SEND_TO, event);
            SendEntryForm.write(send, out);
            return out.toByteArray();
        }
        throw new IllegalArgumentException(event.type() + " is live only and never journaled");
    }

    private static EntryWriter start(byte form, AccountEvent event) {
        Instant time = event.head().time();
        var out = new EntryWriter(64, form);
        out.number(time.getEpochSecond());
        out.number(time.getNano());
        return out;
    }

    static JournalEntry read(byte[] payload) {
        if (payload.length < 2) {
            throw EntryReader.damaged();
        }
        if (payload[0] != VERSION) {
            throw new CorruptStoreException("a journal record has version " + (payload[0] & 0xFF)
                    + ", this program reads up to " + VERSION
                    + ": it was written by a newer wxflux; start that one again, nothing was changed");
        }
        var in = new EntryReader(payload, 2);
        try {
            return read(payload[1], in);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException outOfRange) {
            throw EntryReader.damaged();
        }
    }

    private static JournalEntry read(byte form, EntryReader in) {
        if (form == MESSAGE) {
            var uin = new Uin(in.number());
            UserName self = UserName.of(in.text());
            return new JournalEntry.OfMessage(uin, self, in.restAsMessage());
        }
        Instant time = Instant.ofEpochSecond(in.number(), in.number());
        JournalEntry.OfEvent entry = switch (form) {
            case LOGGED_IN -> {
                var uin = new Uin(in.number());
                String nickName = in.text();
                var origin = Lifecycle.Origin.valueOf(in.text());
                String host = in.text();
                yield new JournalEntry.OfEvent(
                        "logged-in", time, head -> new Lifecycle.LoggedIn(head, uin, nickName, origin, host));
            }
            case READY -> {
                int contacts = in.intNumber();
                int rooms = in.intNumber();
                yield new JournalEntry.OfEvent("ready", time, head -> new Lifecycle.Ready(head, contacts, rooms));
            }
            case RESUMED -> {
                var uin = new Uin(in.number());
                String nickName = in.text();
                String host = in.text();
                yield new JournalEntry.OfEvent(
                        "resumed", time, head -> new Lifecycle.Resumed(head, uin, nickName, host));
            }
            case LOGGED_OUT -> {
                int code = in.intNumber();
                String reason = in.text();
                yield new JournalEntry.OfEvent("logged-out", time, head -> new Lifecycle.LoggedOut(head, code, reason));
            }
            case REFUSED -> {
                String reason = in.text();
                yield new JournalEntry.OfEvent("refused", time, head -> new Lifecycle.Refused(head, reason));
            }
            // As written before the recipient was named.
            case SEND -> SendEntryForm.read(in, time, false);
            case SEND_TO -> SendEntryForm.read(in, time, true);
            default -> {
                byte[] rest = in.rest();
                yield ContactEventForm.read(form, time, rest);
            }
        };
        in.end();
        return entry;
    }
}
