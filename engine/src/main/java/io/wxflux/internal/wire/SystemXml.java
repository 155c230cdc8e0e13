package io.wxflux.internal.wire;

import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MessageKind;
import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;

/** System messages in XML (PROTOCOL 9.5): MsgType 10002, sometimes 10000. */
final class SystemXml {
    private static final int LONGEST_ID = 20;

    private SystemXml() {}

    static Message decode(MessageHeader header, String content, RawMessage raw) {
        // Some have a room's real id in front, which is no sender prefix.
        int start = Math.max(0, content.indexOf("<sysmsg"));
        XmlElement root = XmlReader.read(content.substring(start), XmlReader.CONTENT_LIMIT);
        if (root == null || !root.name().equals("sysmsg")) {
            return new Message.Other(header, MessageKind.UNKNOWN, raw, "the content is no sysmsg XML");
        }
        MessageKind kind = MessageKinds.ofSysmsg(root.attribute("type"));
        if (kind == MessageKind.RECALL) {
            return recall(header, root, raw);
        }
        return new Message.Other(header, kind, raw, null);
    }

    /** Where there is a newmsgid, the msgid beside it is short and only the phone's. */
    private static Message recall(MessageHeader header, XmlElement root, RawMessage raw) {
        String newMsgId = root.text("revokemsg", "newmsgid");
        String msgId = root.text("revokemsg", "msgid");
        String recalled = isId(newMsgId) && !newMsgId.equals("0") ? newMsgId : msgId;
        if (!isId(recalled)) {
            return new Message.Other(header, MessageKind.RECALL, raw, "the recall names no message");
        }
        return new Message.Recall(header, new MsgId(recalled), root.text("revokemsg", "replacemsg"), raw);
    }

    private static boolean isId(String text) {
        return text.length() <= LONGEST_ID && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
