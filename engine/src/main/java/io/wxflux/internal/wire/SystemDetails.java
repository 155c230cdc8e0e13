package io.wxflux.internal.wire;

import io.wxflux.model.Message;
import io.wxflux.model.MsgId;
import io.wxflux.model.SystemMessage.Pat;
import io.wxflux.model.SystemMessage.RoomTodo;
import io.wxflux.model.SystemMessage.Voip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the service reports in XML (PROTOCOL 9.5), and calls. */
final class SystemDetails {
    private static final int LONGEST_ID = 20;

    private SystemDetails() {}

    /** Where there is a newmsgid, the msgid beside it is short and only the phone's. */
    static Message.Recall.Details recall(Material from) {
        XmlElement recall = from.xml().at("revokemsg");
        String newMsgId = recall.text("newmsgid");
        String msgId = recall.text("msgid");
        String recalled = isId(newMsgId) && !newMsgId.equals("0") ? newMsgId : isId(msgId) ? msgId : "";
        return new Message.Recall.Details(new MsgId(recalled), recall.text("replacemsg"), recall.text("session"));
    }

    private static boolean isId(String text) {
        return text.length() <= LONGEST_ID && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static Pat.Details pat(Material from) {
        XmlElement pat = from.xml().at("pat");
        return new Pat.Details(
                pat.text("fromusername"),
                pat.text("pattedusername"),
                pat.text("chatusername"),
                pat.text("template"),
                pat.text("patsuffix"));
    }

    static RoomTodo.Details todo(Material from) {
        XmlElement todo = from.xml().at("todo");
        if (todo == XmlElement.NONE) {
            todo = from.xml().at("roomtoolstips", "todo");
        }
        return new RoomTodo.Details(
                todo.text("todoid"),
                todo.text("title"),
                Numbers.intOrZero(todo.text("op")),
                todo.text("creator"),
                todo.text("oper"),
                Numbers.intOrZero(todo.text("nreply")),
                Material.first(todo.text("related_msgid"), todo.text("related_msgids")),
                todo.text("template"));
    }

    static Voip.Details voip(Material from) {
        XmlElement bubble = from.xml().at("VoIPBubbleMsg");
        return new Voip.Details(Material.first(bubble.text("msg"), from.xml().text("msg"), from.plainText()));
    }

    /** The ids stand in the order of StatusNotifyUserName (PROTOCOL 7.7). */
    static Message.StatusNotify.Details notify(Material from) {
        XmlElement op = from.xml().at("op");
        List<String> unread = new ArrayList<>();
        for (XmlElement chat : op.at("unreadchatlist").all("chat")) {
            unread.add(chat.text("username"));
        }
        return new Message.StatusNotify.Details(
                Arrays.stream(op.text("username").split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList(),
                unread);
    }
}
