package io.wxflux.internal.wire;

import io.wxflux.model.MessageHeader;
import io.wxflux.model.MsgId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message object that decide what it is (PROTOCOL 9.1), in whatever scalar type they came.
 *
 * @param givenId null when the server gave none
 * @param content as sent: escaped, with the sender's name in front in rooms
 */
record Envelope(
        @Nullable MsgId givenId,
        UserName from,
        UserName to,
        int msgType,
        int appMsgType,
        int subMsgType,
        String content,
        long createTime,
        int statusNotifyCode,
        String statusNotifyUserName) {
    static final Envelope EMPTY = new Envelope(null, UserName.NONE, UserName.NONE, 0, 0, 0, "", 0, 0, "");

    private static final long LAST_SECOND = 253_402_300_799L;

    /** Of a message alone. */
    static Envelope read(RawMessage raw) {
        return JsonReader.read("a message", raw, Envelope::read);
    }

    /** Of the object the reader is at: the same whether it stands alone or in an answer. */
    static Envelope read(JsonReader in) {
        String msgId = "";
        String newMsgId = "";
        UserName from = UserName.NONE;
        UserName to = UserName.NONE;
        int msgType = 0;
        int appMsgType = 0;
        int subMsgType = 0;
        String content = "";
        long createTime = 0;
        int code = 0;
        String names = "";
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "MsgId" -> msgId = in.text();
                case "NewMsgId" -> newMsgId = MsgIds.newMsgId(msgId, in);
                case "FromUserName" -> from = in.userName();
                case "ToUserName" -> to = in.userName();
                case "MsgType" -> msgType = in.intNumber(0);
                case "AppMsgType" -> appMsgType = in.intNumber(0);
                case "SubMsgType" -> subMsgType = in.intNumber(0);
                case "Content" -> content = in.text();
                case "CreateTime" -> createTime = in.number(0);
                case "StatusNotifyCode" -> code = in.intNumber(0);
                case "StatusNotifyUserName" -> names = in.text();
                default -> in.skip();
            }
        }
        return new Envelope(
                MsgIds.given(msgId, newMsgId),
                from,
                to,
                msgType,
                appMsgType,
                subMsgType,
                content,
                createTime,
                code,
                names);
    }

    /** @param raw the message */
    MsgId id(RawMessage raw) {
        return givenId == null ? MsgIds.ofBytes(raw) : givenId;
    }

    /** Never what people wrote. */
    @Override
    public String toString() {
        return "Envelope[" + givenId + ", type " + msgType + "]";
    }

    /** An empty sender is this account itself (PROTOCOL 9.1). */
    boolean isFrom(UserName self) {
        return from.isEmpty() ? !to.isEmpty() : from.equals(self);
    }

    boolean inRoom() {
        return from.isRoom() || to.isRoom();
    }

    /** @param member who wrote it, by the prefix of the content; NONE when there was none */
    MessageHeader header(RawMessage raw, UserName self, UserName member) {
        boolean own = isFrom(self);
        UserName room = from.isRoom() ? from : to.isRoom() ? to : null;
        UserName sender = own ? self : from.isRoom() ? member : from;
        return new MessageHeader(
                id(raw),
                msgType,
                appMsgType,
                subMsgType,
                from,
                to,
                room,
                sender,
                own,
                Instant.ofEpochSecond(Math.max(0, Math.min(createTime, LAST_SECOND))));
    }
}
