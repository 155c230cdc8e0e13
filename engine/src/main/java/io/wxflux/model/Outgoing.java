package io.wxflux.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message to be sent. {@code toString} of every kind names kinds and sizes, never what it says.
 *
 * <p>There is no sending of voice messages, cards or new links: web WeChat has none. Sound goes as a file.
 */
public sealed interface Outgoing {
    Kind kind();

    /** What it is; as a word in events. */
    enum Kind {
        TEXT,
        IMAGE,
        VIDEO,
        EMOTICON,
        FILE,
        APP,
        LOCATION;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Plain Unicode with {@code \n} for line breaks, sent as it is: nothing in it is markup.
     *
     * @throws IllegalArgumentException for an empty text, or one with half a surrogate pair, which is no text
     */
    static Outgoing text(String text) {
        return new Text(text, List.of());
    }

    /**
     * A text in a room that notifies some of its members. For each whose name the text does not mention yet,
     * {@code @name} is put in front of it.
     *
     * @param mentions members of the room, by their names of this login
     * @throws IllegalArgumentException as {@link #text(String)}, or if somebody mentioned is a room or has no name
     */
    static Outgoing text(String text, List<UserName> mentions) {
        return new Text(text, mentions);
    }

    /** A picture: bmp, png or jpeg. A gif is an {@link #emoticon(MediaSource)}. */
    static Outgoing image(MediaSource source) {
        return new Upload(Kind.IMAGE, source);
    }

    /** A film: mp4. */
    static Outgoing video(MediaSource source) {
        return new Upload(Kind.VIDEO, source);
    }

    /** A gif that moves. */
    static Outgoing emoticon(MediaSource gif) {
        return new Upload(Kind.EMOTICON, gif);
    }

    /**
     * A sticker that the service has already.
     *
     * @param md5 as received ones tell it, 32 hexadecimal digits
     * @throws IllegalArgumentException for anything else
     */
    static Outgoing emoticon(String md5) {
        if (!Existing.MD5.matcher(md5).matches()) {
            throw new IllegalArgumentException("an MD5 has 32 hexadecimal digits");
        }
        return new Existing(Kind.EMOTICON, 47, md5);
    }

    /** Any file, sound included. */
    static Outgoing file(MediaSource source) {
        return new Upload(Kind.FILE, source);
    }

    /**
     * An app message as its XML says. The web client makes none of its own: this is for XML that was received, or made by
     * somebody who knows the form.
     *
     * @param appMsgType the number in the XML's {@code type}
     * @param appMsgXml an {@code appmsg} element, or a document with one in it
     * @throws IllegalArgumentException if there is no such element in it, or the type is not positive
     */
    static Outgoing app(int appMsgType, String appMsgXml) {
        if (appMsgType <= 0) {
            throw new IllegalArgumentException("the type of an app message is positive, not " + appMsgType);
        }
        int start = appMsgXml.indexOf("<appmsg");
        int end = appMsgXml.lastIndexOf("</appmsg>");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("there is no appmsg element in the XML of the app message");
        }
        String xml = appMsgXml.substring(start, end + "</appmsg>".length());
        return new Existing(appMsgType == 6 ? Kind.FILE : Kind.APP, appMsgType, Text.wellFormed(xml));
    }

    /**
     * A place.
     *
     * @param oriContentXml as the {@code OriContent} of a received one
     * @throws IllegalArgumentException if there is no {@code location} element in it
     */
    static Outgoing location(String oriContentXml) {
        if (!oriContentXml.contains("<location")) {
            throw new IllegalArgumentException("there is no location element in the XML of the place");
        }
        return new Existing(Kind.LOCATION, 48, Text.wellFormed(oriContentXml));
    }

    /**
     * A received message once more, without an upload.
     *
     * @throws IllegalArgumentException for what cannot be forwarded; it says why
     */
    static Outgoing forward(Message received) {
        return switch (received.kind()) {
            case TEXT -> text(((Message.Text) received).text());
            case EMOTICON ->
                sticker(((MediaMessage.Emoticon) received).details().md5());
            case IMAGE -> new Forward(Kind.IMAGE, received);
            case VIDEO, SHORT_VIDEO -> new Forward(Kind.VIDEO, received);
            case LOCATION -> new Forward(Kind.LOCATION, received);
            case FILE -> new Forward(Kind.FILE, received);
            case LINK, MUSIC, MINI_PROGRAM, CHANNELS, CHAT_HISTORY, APP -> new Forward(Kind.APP, received);
            case VOICE ->
                throw refused("voice messages: web WeChat cannot send any; download it and send it as a file");
            case CARD -> throw refused("cards: web WeChat cannot send any");
            case QUOTE -> throw refused("quotes: web WeChat cannot send any; send its text");
            case TRANSFER, RED_PACKET -> throw refused("money");
            case UNKNOWN -> throw refused("messages of a kind that is not known");
            default ->
                throw refused("notices: " + received.kind().suffix() + " is told by the service, not sent by people");
        };
    }

    private static Outgoing sticker(String md5) {
        if (!Existing.MD5.matcher(md5).matches()) {
            throw refused("stickers without an MD5, as those of the store: the web is not told which one it is");
        }
        return emoticon(md5);
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("wxflux does not forward " + what);
    }

    /** @param mentions whom it notifies; empty outside rooms */
    record Text(String text, List<UserName> mentions) implements Outgoing {
        public Text {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a text to be sent is not empty");
            }
            wellFormed(text);
            mentions = List.copyOf(mentions);
            Set<UserName> distinct = new LinkedHashSet<>(mentions);
            if (distinct.size() < mentions.size()) {
                mentions = List.copyOf(distinct);
            }
            for (UserName mentioned : mentions) {
                if (mentioned.isEmpty() || mentioned.isRoom()) {
                    throw new IllegalArgumentException("people are mentioned, not rooms: \"" + mentioned + "\"");
                }
            }
        }

        static String wellFormed(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isSurrogate(c)) {
                    if (text.codePointAt(i) == c) {
                        throw new IllegalArgumentException(
                                "the text to be sent has half a surrogate pair at index " + i + ": it is no Unicode");
                    }
                    i++;
                }
            }
            return text;
        }

        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " chars, " + mentions.size() + " mentions]";
        }
    }

    /**
     * What has to be uploaded first.
     *
     * @param kind IMAGE, VIDEO, EMOTICON or FILE
     */
    record Upload(Kind kind, MediaSource source) implements Outgoing {
        public Upload {
            if (kind == Kind.TEXT || kind == Kind.APP || kind == Kind.LOCATION) {
                throw new IllegalArgumentException("nothing is uploaded for a message of the kind " + kind.word());
            }
        }
    }

    /**
     * What the service has already.
     *
     * @param type MsgType, or the type of the app message
     * @param content the XML that says what it is; of emoticons the MD5
     */
    record Existing(Kind kind, int type, String content) implements Outgoing {
        private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

        @Override
        public String toString() {
            return "Existing[" + kind + ", type " + type + ", " + content.length() + " chars]";
        }
    }

    /** A received message whose XML is sent on. */
    record Forward(Kind kind, Message message) implements Outgoing {}
}
