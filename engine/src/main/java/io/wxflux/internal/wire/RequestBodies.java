package io.wxflux.internal.wire;

import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The bodies of our requests (PROTOCOL 6 to 10): raw UTF-8, no escapes that people would see. */
public final class RequestBodies {
    private RequestBodies() {}

    /**
     * One entry of a webwxbatchgetcontact.
     *
     * @param userName who is asked about
     * @param room the room whose member that is; {@link UserName#NONE} for people and rooms themselves
     */
    public record ContactQuery(UserName userName, UserName room) {
        public static ContactQuery of(UserName userName) {
            return new ContactQuery(userName, UserName.NONE);
        }
    }

    public static byte[] init(BaseRequest base) {
        return body(base, json -> {});
    }

    public static byte[] statusNotify(BaseRequest base, int code, UserName from, UserName to, String clientMsgId) {
        return body(base, json -> {
            json.writeNumberProperty("Code", code);
            text(json, "FromUserName", from.value());
            text(json, "ToUserName", to.value());
            text(json, "ClientMsgId", clientMsgId);
        });
    }

    /** @param rr the bitwise complement of the time in ms, as 32 bits (PROTOCOL 3) */
    public static byte[] sync(BaseRequest base, SyncKey key, long rr) {
        return body(base, json -> {
            json.writeObjectPropertyStart("SyncKey");
            json.writeNumberProperty("Count", key.entries().size());
            json.writeArrayPropertyStart("List");
            for (SyncKey.Entry entry : key.entries()) {
                json.writeStartObject();
                json.writeNumberProperty("Key", entry.key());
                json.writeNumberProperty("Val", entry.val());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeNumberProperty("rr", rr);
        });
    }

    /** @param queries at most 50, the server's limit */
    public static byte[] batchContacts(BaseRequest base, List<ContactQuery> queries) {
        return body(base, json -> {
            json.writeNumberProperty("Count", queries.size());
            json.writeArrayPropertyStart("List");
            for (ContactQuery query : queries) {
                json.writeStartObject();
                text(json, "UserName", query.userName().value());
                text(json, "EncryChatRoomId", query.room().value());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] body(BaseRequest base, Consumer<JsonGenerator> members) {
        return Json.write(json -> {
            json.writeStartObject();
            base(json, base);
            members.accept(json);
            json.writeEndObject();
        });
    }

    static void base(JsonGenerator json, BaseRequest base) {
        json.writeObjectPropertyStart("BaseRequest");
        json.writeNumberProperty("Uin", base.uin());
        text(json, "Sid", base.sid());
        text(json, "Skey", base.skey());
        text(json, "DeviceID", base.deviceId());
        json.writeEndObject();
    }

    static void text(JsonGenerator json, String name, String value) {
        json.writeStringProperty(name, ContentText.wellFormed(value));
    }
}
