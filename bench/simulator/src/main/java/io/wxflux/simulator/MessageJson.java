package io.wxflux.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Turns log entries into the objects of AddMsgList, ModContactList and DelContactList. */
final class MessageJson {

    private static final Map<String, Object> NO_RECOMMENDATION = Json.object(
            "UserName",
            "",
            "NickName",
            "",
            "QQNum",
            0,
            "Province",
            "",
            "City",
            "",
            "Content",
            "",
            "Signature",
            "",
            "Alias",
            "",
            "Scene",
            0,
            "VerifyFlag",
            0,
            "AttrStatus",
            0,
            "Sex",
            0,
            "Ticket",
            "",
            "OpCode",
            0);
    private static final Map<String, Object> NO_APP = Json.object("AppID", "", "Type", 0);

    private MessageJson() {}

    /** The entry as an object, with everybody's UserName of this login. */
    static Map<String, Object> message(LogEntry entry, String msgId, Directory people, UserNames names) {
        SimMessage message = entry.message();
        UnaryOperator<String> fill = text -> Placeholders.fill(text, message, msgId, people, names);
        String prefix = message.member() == null ? "" : people.userName(names, message.member()) + ":<br/>";
        Map<String, Object> json = Json.object(
                "MsgId",
                msgId,
                "FromUserName",
                people.userName(names, message.from()),
                "ToUserName",
                people.userName(names, message.to()),
                "MsgType",
                message.msgType(),
                "Content",
                prefix + fill.apply(message.content()),
                "Status",
                3,
                "ImgStatus",
                1,
                "CreateTime",
                entry.createTime(),
                "VoiceLength",
                0,
                "PlayLength",
                0,
                "FileName",
                "",
                "FileSize",
                "",
                "MediaId",
                "",
                "Url",
                "",
                "AppMsgType",
                0,
                "StatusNotifyCode",
                0,
                "StatusNotifyUserName",
                "",
                "RecommendInfo",
                NO_RECOMMENDATION,
                "ForwardFlag",
                0,
                "AppInfo",
                NO_APP,
                "HasProductId",
                0,
                "Ticket",
                "",
                "ImgHeight",
                0,
                "ImgWidth",
                0,
                "SubMsgType",
                0,
                "NewMsgId",
                Long.parseLong(msgId),
                "OriContent",
                "",
                "EncryFileName",
                "");
        message.fields().forEach((name, value) -> json.put(name, filled(value, fill)));
        return json;
    }

    static Map<String, Object> changedContact(LogEntry entry, Directory people, UserNames names) {
        SimMessage change = entry.message();
        Map<String, Object> json = ContactJson.change(change.from(), people, names);
        change.fields()
                .forEach((name, value) ->
                        json.put(name, filled(value, text -> Placeholders.fill(text, change, "0", people, names))));
        return json;
    }

    static Map<String, Object> removedContact(LogEntry entry, Directory people, UserNames names) {
        return Json.object("UserName", people.userName(names, entry.message().from()), "ContactFlag", 0);
    }

    private static Object filled(Object value, UnaryOperator<String> fill) {
        if (value instanceof String text) {
            return fill.apply(text);
        }
        if (value instanceof Map<?, ?> nested) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            nested.forEach((name, inner) -> copy.put(name, filled(inner, fill)));
            return copy;
        }
        return value;
    }
}
