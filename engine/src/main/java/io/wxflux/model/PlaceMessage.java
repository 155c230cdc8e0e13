package io.wxflux.model;

import org.jspecify.annotations.Nullable;

/** Where somebody is. */
public sealed interface PlaceMessage<D extends Record> extends DetailedMessage<D>
        permits PlaceMessage.Location, PlaceMessage.LiveLocation {
    /** MsgType 48, or a text with SubMsgType 48: a place. */
    record Location(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements PlaceMessage<Location.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.LOCATION;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A place.
         *
         * @param coordinates null when the service does not say
         * @param label the address
         * @param poiName the name of the place
         * @param mapUrl of a map, public
         * @param scale of the map
         * @param imagePath of a picture of the map, on the session's own host
         */
        public record Details(
                @Nullable Coordinates coordinates,
                String label,
                String poiName,
                String mapUrl,
                int scale,
                String imagePath) {}
    }

    /** App message 17: somebody began to share where they are. The end comes as a system notice. */
    record LiveLocation(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements PlaceMessage<LiveLocation.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.LIVE_LOCATION;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * The web learns no more than that.
         *
         * @param title in the language of the sender
         */
        public record Details(String title) {}
    }
}
