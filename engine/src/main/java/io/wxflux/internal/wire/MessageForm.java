package io.wxflux.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a message that differ between the kinds (PROTOCOL 10.1). Empty parts are left out.
 *
 * @param type MsgType, or the type of an app message
 * @param content null where the kind has none; empty beside a media id
 * @param mediaId of an upload
 * @param msgSource who is mentioned, as XML
 * @param emoticonMd5 of a sticker the service has
 * @param signature of a large file
 */
public record MessageForm(
        int type, @Nullable String content, String mediaId, String msgSource, String emoticonMd5, String signature) {
    static final int EMOTICON = 47;

    /** With content and nothing else. */
    public static MessageForm of(int type, String content) {
        return new MessageForm(type, content, "", "", "", "");
    }

    public static MessageForm uploaded(int type, String mediaId) {
        return new MessageForm(type, "", mediaId, "", "", "");
    }

    public static MessageForm gif(String mediaId) {
        return new MessageForm(EMOTICON, null, mediaId, "", "", "");
    }

    public static MessageForm sticker(String md5) {
        return new MessageForm(EMOTICON, null, "", "", md5, "");
    }

    public MessageForm withMsgSource(String xml) {
        return new MessageForm(type, content, mediaId, xml, emoticonMd5, signature);
    }

    public MessageForm withSignature(String text) {
        return new MessageForm(type, content, mediaId, msgSource, emoticonMd5, text);
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "MessageForm[type " + type + ", " + (content == null ? 0 : content.length()) + " chars]";
    }
}
