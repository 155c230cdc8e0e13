package io.wxflux.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages about messages. */
public sealed interface QuotingMessage<D extends Record> extends DetailedMessage<D>
        permits QuotingMessage.Quote, QuotingMessage.ChatHistory {
    /** App message 57, or a text in the form the web got in 2024: an answer to a message. */
    record Quote(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements QuotingMessage<Quote.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.QUOTE;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * An answer.
         *
         * @param text what was answered
         * @param quoted what it answers to; null when that cannot be read
         */
        public record Details(String text, @Nullable Quoted quoted) {}
    }

    /** App message 19: several messages, passed on together. */
    record ChatHistory(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements QuotingMessage<ChatHistory.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.CHAT_HISTORY;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * Messages passed on.
         *
         * @param title whose they are
         * @param description the first of them in short, line by line
         * @param items all that came along; empty where the web only gets the description
         */
        public record Details(String title, String description, List<Item> items) {
            public Details {
                items = List.copyOf(items);
            }
        }

        /**
         * One message of those.
         *
         * @param kind as far as the service's number is known
         * @param dataType the service's number
         * @param senderName as they called themselves
         * @param text what they said; of other kinds a title or name
         * @param time as the sender's phone wrote it
         * @param sent null when not told
         * @param size of a file, in bytes
         */
        public record Item(
                MessageKind kind,
                int dataType,
                String senderName,
                String text,
                String time,
                @Nullable Instant sent,
                long size) {}
    }
}
