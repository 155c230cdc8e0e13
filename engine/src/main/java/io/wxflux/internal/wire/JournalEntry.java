package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.internal.wire.SyncBody.ReceivedMessage;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
     * @param envelope what was found when it came, as long as that is at hand; says nothing about equality, because it
     *     follows from the raw message
     */
    record OfMessage(
            Uin uin,
            UserName self,
            RawMessage raw,
            @Nullable Envelope envelope) implements JournalEntry {
        public OfMessage(Uin uin, UserName self, RawMessage raw) {
            this(uin, self, raw, null);
        }

        /** The same message, whether or not it has to be read anew. */
        public Message message() {
            return envelope == null ? MessageDecoder.decode(raw, self) : MessageDecoder.decode(envelope, raw, self);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfMessage entry
                    && uin.equals(entry.uin)
                    && self.equals(entry.self)
                    && raw.equals(entry.raw);
        }

        @Override
        public int hashCode() {
            return raw.hashCode();
        }
    }

    /**
     * A message as it goes into the journal, and as it would be read from there.
     *
     * @param entry shares the bytes of the record, so that it does not keep the answer the message came in
     */
    record Written(byte[] record, OfMessage entry) {}

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

    static Written message(Uin uin, UserName self, ReceivedMessage message) {
        byte[] record = message(uin, self, message.raw());
        int length = message.raw().length();
        RawMessage raw = RawMessage.wrap(record, record.length - length, length);
        return new Written(record, new OfMessage(uin, self, raw, message.envelope()));
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
