package io.wxflux.internal.wire;

import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MessageKind;
import io.wxflux.model.RawMessage;
import io.wxflux.model.SystemMessage;

/** System messages in XML (PROTOCOL 9.5): MsgType 10002, sometimes 10000. Told apart without reading the XML. */
final class SystemXml {
    private static final String ROOT = "sysmsg";
    private static final String TYPE = "type=";
    private static final String[] QUOTES = {"\"", "'", "&quot;", "&#39;", "&apos;"};
    private static final int FURTHEST_TYPE = 200;
    private static final int LONGEST_TYPE = 40;

    private SystemXml() {}

    /** @param content as sent, without the sender's prefix */
    static Message decode(MessageHeader header, String content, RawMessage raw) {
        String type = type(content);
        if (type.isEmpty()) {
            return new Message.Other(header, MessageKind.UNKNOWN, raw, "the content is no sysmsg XML");
        }
        MessageKind kind = MessageKinds.ofSysmsg(type);
        return switch (kind) {
            case RECALL ->
                new Message.Recall(
                        header,
                        Material.lazily(
                                raw,
                                content,
                                SystemDetails::recall,
                                recall -> recall.recalled().value().isEmpty(),
                                "the recall names no message"),
                        raw);
            case PAT -> new SystemMessage.Pat(header, Material.lazily(raw, content, SystemDetails::pat), raw);
            case ROOM_TODO ->
                new SystemMessage.RoomTodo(header, Material.lazily(raw, content, SystemDetails::todo), raw);
            case SYSTEM -> new Message.SystemNotice(header, Material.lazily(raw, content, NoticeDetails::xml), raw);
            default -> new Message.Other(header, kind, raw, null);
        };
    }

    static boolean isIn(String content) {
        return content.startsWith("&lt;sysmsg") || content.startsWith("<sysmsg");
    }

    /** The type of the root; empty when there is none. The content may be escaped. */
    private static String type(String content) {
        int root = content.indexOf(ROOT);
        int at = root < 0 ? -1 : content.indexOf(TYPE, root);
        if (at < 0 || at - root > FURTHEST_TYPE) {
            return "";
        }
        int start = at + TYPE.length();
        for (String quote : QUOTES) {
            if (content.startsWith(quote, start)) {
                start += quote.length();
                break;
            }
        }
        int end = start;
        while (end < content.length() && end - start < LONGEST_TYPE && isNamePart(content.charAt(end))) {
            end++;
        }
        // A type that breaks off could be the begin of another one.
        return end == content.length() ? "" : content.substring(start, end);
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
