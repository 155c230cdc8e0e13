package io.wxflux.internal.wire;

import io.wxflux.model.UserName;

/**
 * Parts the content of a room's message into who wrote it and what was written (PROTOCOL 9.1). Only the form the
 * browser accepts is taken off, and only once: texts and places with colons look much the same.
 *
 * @param member NONE when there was no prefix
 */
record RoomPrefix(UserName member, String rest) {
    private static final String END = ":<br/>";
    private static final String ROOM_ID = "@chatroom";

    /**
     * Of a message by somebody else.
     *
     * @param room where the message was written: also its sender, when the prefix is the lasting id of a room, as some
     *     system messages have it before their XML
     */
    static RoomPrefix strip(String content, UserName room) {
        int end = nameEnd(content);
        if (end > 0 && content.startsWith(ROOM_ID + END, end)) {
            String rest = content.substring(end + ROOM_ID.length() + END.length());
            return isXml(rest) ? new RoomPrefix(room, rest) : new RoomPrefix(UserName.NONE, content);
        }
        return end > 0 && content.startsWith(END, end)
                ? new RoomPrefix(UserName.of(content.substring(0, end)), content.substring(end + END.length()))
                : new RoomPrefix(UserName.NONE, content);
    }

    /**
     * Of our own message: it should have none, but one capture shows one. People do write words with a colon on a line
     * of their own, so only an id is taken off, from a text only our own.
     */
    static RoomPrefix stripOwn(String content, UserName room, UserName self, boolean text) {
        RoomPrefix split = strip(content, room);
        boolean ours = !self.isEmpty() && split.member.equals(self);
        boolean id = !text && split.member.value().startsWith("@");
        return ours || id ? split : new RoomPrefix(UserName.NONE, content);
    }

    private static boolean isXml(String content) {
        return content.startsWith("&lt;") || content.startsWith("<");
    }

    private static int nameEnd(String content) {
        boolean id = content.startsWith("@");
        int i = id ? 1 : 0;
        int start = i;
        while (i < content.length() && isNamePart(content.charAt(i), id)) {
            i++;
        }
        return i == start ? 0 : i;
    }

    private static boolean isNamePart(char c, boolean id) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || !id && (c == '_' || c == '-');
    }
}
