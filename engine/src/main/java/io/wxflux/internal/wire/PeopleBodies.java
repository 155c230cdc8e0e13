package io.wxflux.internal.wire;

import io.wxflux.model.StatReport;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.stream.Collectors;

/** The bodies of requests about people, rooms and the account itself (PROTOCOL 6.3, 12 and 13). */
public final class PeopleBodies {
    /** Where the people are known from: "web". */
    private static final int SCENE = 33;

    private static final int REMARK = 2;
    private static final int PIN = 3;

    private PeopleBodies() {}

    /**
     * @param opcode 1 add, 2 request, 3 accept, 4 reject
     * @param value a UserName or a handle
     * @param ticket empty when there is none
     * @param content what the other side reads
     */
    public static byte[] verifyUser(BaseRequest base, int opcode, String value, String ticket, String content) {
        return RequestBodies.body(base, json -> {
            json.writeNumberProperty("Opcode", opcode);
            json.writeNumberProperty("VerifyUserListSize", 1);
            json.writeArrayPropertyStart("VerifyUserList");
            json.writeStartObject();
            RequestBodies.text(json, "Value", value);
            RequestBodies.text(json, "VerifyUserTicket", ticket);
            json.writeEndObject();
            json.writeEndArray();
            RequestBodies.text(json, "VerifyContent", content);
            json.writeNumberProperty("SceneListCount", 1);
            json.writeArrayPropertyStart("SceneList");
            json.writeNumber(SCENE);
            json.writeEndArray();
            RequestBodies.text(json, "skey", base.skey());
        });
    }

    /** @param remark empty takes it away */
    public static byte[] remark(BaseRequest base, UserName userName, String remark) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, "UserName", userName.value());
            json.writeNumberProperty("CmdId", REMARK);
            RequestBodies.text(json, "RemarkName", remark);
        });
    }

    /** @param remark the current one: without it the service wipes it */
    public static byte[] pin(BaseRequest base, UserName userName, boolean pinned, String remark) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, "UserName", userName.value());
            json.writeNumberProperty("CmdId", PIN);
            json.writeNumberProperty("OP", pinned ? 1 : 0);
            RequestBodies.text(json, "RemarkName", remark);
        });
    }

    public static byte[] createRoom(BaseRequest base, List<UserName> members, String topic) {
        return RequestBodies.body(base, json -> {
            json.writeNumberProperty("MemberCount", members.size());
            json.writeArrayPropertyStart("MemberList");
            for (UserName member : members) {
                json.writeStartObject();
                RequestBodies.text(json, "UserName", member.value());
                json.writeEndObject();
            }
            json.writeEndArray();
            RequestBodies.text(json, "Topic", topic);
        });
    }

    /** @param people none of whose names holds a comma */
    public static byte[] changeMembers(BaseRequest base, UserName room, String field, List<UserName> people) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, field, people.stream().map(UserName::value).collect(Collectors.joining(",")));
            RequestBodies.text(json, "ChatRoomName", room.value());
        });
    }

    public static byte[] renameRoom(BaseRequest base, UserName room, String topic) {
        return RequestBodies.body(base, json -> {
            RequestBodies.text(json, "NewTopic", topic);
            RequestBodies.text(json, "ChatRoomName", room.value());
        });
    }

    public static byte[] quitRoom(BaseRequest base, UserName room) {
        return RequestBodies.body(base, json -> RequestBodies.text(json, "ChatRoomName", room.value()));
    }

    public static byte[] search(BaseRequest base, String keyword) {
        return RequestBodies.body(base, json -> RequestBodies.text(json, "KeyWord", keyword));
    }

    /** With a head of its own: it shows no skey. */
    public static byte[] statReport(BaseRequest base, List<StatReport> entries) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("BaseRequest");
            json.writeNumberProperty("Uin", base.uin());
            RequestBodies.text(json, "Sid", base.sid());
            json.writeEndObject();
            json.writeNumberProperty("Count", entries.size());
            json.writeArrayPropertyStart("List");
            for (StatReport entry : entries) {
                json.writeStartObject();
                json.writeNumberProperty("Type", entry.type());
                RequestBodies.text(json, "Text", entry.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
