package io.wxflux.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was received, decoded by kind. Every kind keeps the server's own object in {@link #raw()}.
 *
 * <p>{@code toString} of every kind names ids and sizes, never what people wrote. Two messages are equal if their
 * headers and raw objects are.
 */
public sealed interface Message permits Message.Text, Message.Other, DetailedMessage {
    MessageHeader header();

    MessageKind kind();

    /** The server's message object, unchanged. */
    RawMessage raw();

    /**
     * What could not be decoded and why, in plain words; null when everything could. Such a message is delivered all the
     * same.
     */
    default @Nullable String note() {
        return null;
    }

    /** What {@code toString} of most kinds says. */
    static String described(Message message) {
        return message.getClass().getSimpleName() + "[" + message.header().id() + ", "
                + message.raw().length() + " bytes]";
    }

    /** Text, with entities, line breaks and emoji decoded once, and without the sender prefix of rooms. */
    record Text(MessageHeader header, String text, RawMessage raw) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TEXT;
        }

        @Override
        public String toString() {
            return "Text[" + header.id() + ", " + text.length() + " chars]";
        }
    }

    /**
     * MsgType 51: the phone did something (PROTOCOL 6.2). Never shown to people.
     *
     * @param code 1 read, 2 entered a chat, 3 initialised, 4 list of recent chats, 5 left a chat; others occur
     * @param userNames the chats concerned, in the server's order
     */
    record StatusNotify(
            MessageHeader header, int code, List<UserName> userNames, Lazily<Details> lazily, RawMessage raw)
            implements SystemMessage<StatusNotify.Details> {
        public StatusNotify {
            userNames = List.copyOf(userNames);
        }

        @Override
        public MessageKind kind() {
            return MessageKind.STATUS_NOTIFY;
        }

        @Override
        public String toString() {
            return "StatusNotify[" + header.id() + ", code " + code + "]";
        }

        /**
         * The lasting ids behind the names (PROTOCOL 7.7).
         *
         * @param realIds of the chats concerned; with code 4 in the order of {@link #userNames()}, if they are as many
         * @param unread lasting ids of chats with unread messages
         */
        public record Details(List<String> realIds, List<String> unread) {
            public Details {
                realIds = List.copyOf(realIds);
                unread = List.copyOf(unread);
            }
        }
    }

    /** MsgType 10000 (and 9999, and some 10002): a notice of the service, in the language of the session. */
    record SystemNotice(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements SystemMessage<SystemNotice.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.SYSTEM;
        }

        public String text() {
            return details().text();
        }

        /** What the text means; null when it is none of the known ones. */
        public @Nullable SystemEvent event() {
            return details().event();
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A notice.
         *
         * @param text as a person would see it; the names of a template put in
         * @param event what the text means; null when it is none of the known ones
         */
        public record Details(String text, @Nullable SystemEvent event) {}
    }

    /** A message was recalled (PROTOCOL 9.5). */
    record Recall(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements SystemMessage<Recall.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.RECALL;
        }

        /** The id of the recalled message; "0" stands for the last one this account sent; empty when not told. */
        public MsgId recalled() {
            return details().recalled();
        }

        public String notice() {
            return details().notice();
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * What was recalled.
         *
         * @param recalled the id of the recalled message; "0" stands for the last one this account sent; empty when not
         *     told
         * @param notice the text the service shows instead
         * @param session the lasting id of the person or room; empty when not told
         */
        public record Details(MsgId recalled, String notice, String session) {}
    }

    /** Every other kind: its envelope, its decoded kind and the raw object. */
    record Other(
            MessageHeader header,
            MessageKind kind,
            RawMessage raw,
            @Nullable String note) implements Message {
        @Override
        public String toString() {
            return "Other[" + header.id() + ", " + kind.suffix() + "]";
        }
    }
}
