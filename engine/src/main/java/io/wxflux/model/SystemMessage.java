package io.wxflux.model;

/** What the service reports. */
public sealed interface SystemMessage<D extends Record> extends DetailedMessage<D>
        permits SystemMessage.Pat,
                SystemMessage.RoomTodo,
                SystemMessage.Voip,
                Message.StatusNotify,
                Message.SystemNotice,
                Message.Recall {
    /** System XML {@code pat}: somebody patted somebody. */
    record Pat(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements SystemMessage<Pat.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.PAT;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A pat. Ids are lasting ones.
         *
         * @param from who
         * @param patted whom
         * @param chat where
         * @param text as the service writes it; names stand in it as <code>${id}</code>: never hand it to anything that replaces such
         * @param suffix what the patted person wants behind it
         */
        public record Details(String from, String patted, String chat, String text, String suffix) {}
    }

    /** System XML {@code todo} and {@code roomtoolstips}: something to do for a room. */
    record RoomTodo(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements SystemMessage<RoomTodo.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.ROOM_TODO;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A to-do. Ids are lasting ones.
         *
         * @param todoId the same in all messages about it
         * @param title what is to do
         * @param operation the service's number of what happened to it
         * @param creator who set it
         * @param operator who did this
         * @param replies how many have done it
         * @param message the id of the message it is about; empty when none
         * @param text as the service writes it
         */
        public record Details(
                String todoId,
                String title,
                int operation,
                String creator,
                String operator,
                int replies,
                String message,
                String text) {}
    }

    /** MsgType 50, 52 and 53: a call that the web cannot take. */
    record Voip(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements SystemMessage<Voip.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.VOIP;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A call.
         *
         * @param text what the service says about it; empty when nothing
         */
        public record Details(String text) {}
    }
}
