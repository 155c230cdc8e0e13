package io.wxflux.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What apps and official accounts send (MsgType 49), as far as it has no family of its own. */
public sealed interface AppMessage<D extends Record> extends DetailedMessage<D>
        permits AppMessage.Link,
                AppMessage.Music,
                AppMessage.File,
                AppMessage.MiniProgram,
                AppMessage.Channels,
                AppMessage.GroupNotice,
                AppMessage.App {
    /** App messages 4 and 5, and the news: a link, an article, or several. */
    record Link(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements AppMessage<Link.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.LINK;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A link.
         *
         * @param title of the link
         * @param description of the link
         * @param url empty for an invitation
         * @param thumbnailUrl public; empty when there is none
         * @param sourceId the lasting id of the official account it comes from
         * @param sourceName its name
         * @param articles of an official account's push, in its order
         * @param invitation the URL of an invitation into a room, which holds a ticket; empty for other links
         */
        public record Details(
                String title,
                String description,
                String url,
                String thumbnailUrl,
                String sourceId,
                String sourceName,
                List<Article> articles,
                Concealed invitation) {
            public Details {
                articles = List.copyOf(articles);
            }
        }

        /**
         * One article of a push.
         *
         * @param published null when not told
         */
        public record Article(
                String title,
                String digest,
                String url,
                String coverUrl,
                @Nullable Instant published) {}
    }

    /** App message 3: a song. */
    record Music(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements AppMessage<Music.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.MUSIC;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A song.
         *
         * @param title of the song
         * @param description mostly who sings
         * @param url of a page
         * @param dataUrl of the sound
         * @param albumImageUrl of a picture
         * @param appId of the app it comes from
         * @param appName its name
         */
        public record Details(
                String title,
                String description,
                String url,
                String dataUrl,
                String albumImageUrl,
                String appId,
                String appName) {}
    }

    /** App message 6: a file. */
    record File(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements AppMessage<File.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.FILE;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A file.
         *
         * @param name as the sender wrote it: not safe as a local name
         * @param size in bytes
         * @param extension as the sender's phone wrote it
         * @param md5 in hex; empty when not told
         * @param large sent the way of big files
         * @param mediaId by which it is fetched and passed on
         * @param encryptedName goes with the media id
         * @param aesKey of the file in the network for phones
         */
        public record Details(
                String name,
                long size,
                String extension,
                String md5,
                boolean large,
                Concealed mediaId,
                Concealed encryptedName,
                Concealed aesKey) {}
    }

    /** App messages 33 and 36: a mini program. */
    record MiniProgram(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements AppMessage<MiniProgram.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.MINI_PROGRAM;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A mini program.
         *
         * @param title of the page
         * @param description mostly the program's name
         * @param userName the program's lasting id
         * @param name of the program
         * @param appId of the program
         * @param pagePath which page to open
         * @param iconUrl public
         * @param url for clients that cannot open it
         */
        public record Details(
                String title,
                String description,
                String userName,
                String name,
                String appId,
                String pagePath,
                String iconUrl,
                String url) {}
    }

    /** App message 51: a film or picture of the channels. */
    record Channels(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements AppMessage<Channels.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.CHANNELS;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A post.
         *
         * @param title mostly that this client is too old for it
         * @param objectId of the post; may be larger than 64 bits
         * @param userName the author's lasting id
         * @param nickName the author
         * @param description of the post
         * @param mediaCount how many films or pictures
         * @param width of the first, in pixels
         * @param height of the first, in pixels
         * @param duration of the first
         * @param media its URL, which holds a key
         */
        public record Details(
                String title,
                String objectId,
                String userName,
                String nickName,
                String description,
                int mediaCount,
                int width,
                int height,
                Duration duration,
                Concealed media) {}
    }

    /** App message 53: a notice or a list that the members of a room fill in. */
    record GroupNotice(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements AppMessage<GroupNotice.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.GROUP_NOTICE;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A notice.
         *
         * @param text all of it
         */
        public record Details(String text) {}
    }

    /** An app message of another known type, or one the web is only told to look at on the phone. */
    record App(MessageHeader header, Lazily<Details> lazily, RawMessage raw) implements AppMessage<App.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.APP;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * What apps have in common.
         *
         * @param title of the message; all there is of a text
         * @param description of the message
         * @param url empty when there is none
         * @param appId of the app
         * @param appName of the app
         */
        public record Details(String title, String description, String url, String appId, String appName) {}
    }
}
