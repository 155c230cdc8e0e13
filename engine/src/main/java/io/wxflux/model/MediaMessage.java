package io.wxflux.model;

import java.time.Duration;

/** Pictures, sounds and films. The bytes are fetched by the message's id. */
public sealed interface MediaMessage<D extends Record> extends DetailedMessage<D>
        permits MediaMessage.Image, MediaMessage.Voice, MediaMessage.Video, MediaMessage.Emoticon {
    /** MsgType 3, or an app message of type 2: a picture. */
    record Image(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements MediaMessage<Image.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.IMAGE;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A picture.
         *
         * @param width in pixels, as the service says it; often of the thumbnail
         * @param height in pixels
         * @param size of the picture in bytes
         * @param originalSize of the uncompressed picture, if there is one besides
         * @param thumbnailWidth in pixels
         * @param thumbnailHeight in pixels
         * @param md5 of the picture, in hex
         * @param aesKey of the file in the network for phones
         */
        public record Details(
                int width,
                int height,
                long size,
                long originalSize,
                int thumbnailWidth,
                int thumbnailHeight,
                String md5,
                Concealed aesKey) {}
    }

    /** MsgType 34: a spoken message. */
    record Voice(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements MediaMessage<Voice.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.VOICE;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A spoken message.
         *
         * @param duration how long it plays
         * @param size in bytes, in the format of phones
         * @param format the service's number; what the web gets is always MP3
         */
        public record Details(Duration duration, long size, int format) {}
    }

    /** MsgType 43, 44 and 62: a film; 62 are the short ones of old phones. */
    record Video(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements MediaMessage<Video.Details> {
        @Override
        public MessageKind kind() {
            return header.msgType() == 62 ? MessageKind.SHORT_VIDEO : MessageKind.VIDEO;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A film.
         *
         * @param duration how long it plays, in whole seconds
         * @param width in pixels, of the film or its thumbnail
         * @param height in pixels
         * @param size in bytes
         * @param md5 of the film, in hex
         * @param aesKey of the file in the network for phones
         */
        public record Details(Duration duration, int width, int height, long size, String md5, Concealed aesKey) {}
    }

    /** MsgType 47, or an app message of type 8: a sticker. */
    record Emoticon(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements MediaMessage<Emoticon.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.EMOTICON;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A sticker.
         *
         * @param md5 by which it can be sent again
         * @param productId of the store; empty for stickers of people's own
         * @param downloadable false for those of the store that the web only gets a mark of
         * @param width in pixels
         * @param height in pixels
         * @param size in bytes
         * @param url public, for everybody
         * @param aesKey of the encrypted file
         */
        public record Details(
                String md5,
                String productId,
                boolean downloadable,
                int width,
                int height,
                long size,
                String url,
                Concealed aesKey) {}
    }
}
