package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.model.AccountId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What the engine puts into a journal record: a message as the server sent it, or another event.
 *
 * <p>The first byte is the version of the form, the second says which entry it is; integers are big-endian, texts are
 * UTF-8 behind their length. Old forms stay readable for ever, new ones get a new version.
 */
public sealed interface JournalEntry {
    /**
     * A message.
     *
     * @param uin the login it came with
     * @param self the account's name in that session
     */
    record OfMessage(Uin uin, UserName self, RawMessage raw) implements JournalEntry {}

    /** Any other event, without the parts that only the journal knows. */
    final class OfEvent implements JournalEntry {
        private final String suffix;
        private final Instant time;
        private final Function<EventHead, AccountEvent> form;

        OfEvent(String suffix, Instant time, Function<EventHead, AccountEvent> form) {
            this.suffix = suffix;
            this.time = time;
            this.form = form;
        }

        public Instant time() {
            return time;
        }

        /** The event as it was, with an id that is the same for every delivery. */
        public AccountEvent event(AccountId account, long sequence) {
            String id = account + "-" + suffix + "-" + sequence;
            return form.apply(new EventHead(account, id, time, OptionalLong.of(sequence)));
        }

        @Override
        public String toString() {
            return "OfEvent[" + suffix + "]";
        }
    }

    static byte[] message(Uin uin, UserName self, RawMessage raw) {
        // Exactly as much as it takes, so that nothing is copied once more at the end: names are ASCII.
        var out = new EntryWriter(EntryWriter.FIXED + 8 + 4 + self.value().length() + raw.length(), EntryForm.MESSAGE);
        out.number(uin.value());
        out.text(self.value());
        out.rest(raw);
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException for an event that is live only */
    static byte[] event(AccountEvent event) {
        return EntryForm.write(event);
    }

    /** @throws CorruptStoreException when the payload is damaged or of a newer version */
    static JournalEntry decode(byte[] payload) {
        return EntryForm.read(payload);
    }
}
