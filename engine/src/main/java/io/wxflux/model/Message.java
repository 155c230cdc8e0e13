package io.wxflux.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was received, decoded by kind. Every kind keeps the server's own object in {@link #raw()}.
 *
 * <p>{@code toString} of every kind names ids and sizes, never what people wrote.
 */
public sealed interface Message {
    MessageHeader header();

    MessageKind kind();

    /** The server's message object, unchanged. */
    RawMessage raw();

    /**
     * What could not be decoded and why, in plain words; null when everything could. Such a message is delivered all the
     * same, as {@link Other}.
     */
    default @Nullable String note() {
        return null;
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
    record StatusNotify(MessageHeader header, int code, List<UserName> userNames, RawMessage raw) implements Message {
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
    }

    /** MsgType 10000 (and 9999): a notice of the service, in the language of the session. */
    record SystemNotice(MessageHeader header, String text, RawMessage raw) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.SYSTEM;
        }

        @Override
        public String toString() {
            return "SystemNotice[" + header.id() + ", " + text.length() + " chars]";
        }
    }

    /**
     * A message was recalled (PROTOCOL 9.5).
     *
     * @param recalled the id of the recalled message; "0" stands for the last one this account sent
     * @param notice the text the service shows instead
     */
    record Recall(MessageHeader header, MsgId recalled, String notice, RawMessage raw) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.RECALL;
        }

        @Override
        public String toString() {
            return "Recall[" + header.id() + ", of " + recalled + "]";
        }
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
