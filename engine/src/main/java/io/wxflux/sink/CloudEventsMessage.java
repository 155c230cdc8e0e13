package io.wxflux.sink;

import io.wxflux.event.MessageReceived;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The {@code data} of messages: what all have, then what the kind has. */
final class CloudEventsMessage {
    private CloudEventsMessage() {}

    static void write(JsonGenerator json, MessageReceived event, boolean embedRaw) {
        Message message = event.message();
        MessageHeader header = message.header();
        CloudEventsJson.text(json, "msgId", header.id().value());
        json.writeNumberProperty("msgType", header.msgType());
        json.writeNumberProperty("appMsgType", header.appMsgType());
        json.writeBooleanProperty("self", header.self());
        party(json, "from", event.from());
        party(json, "to", event.to());
        if (event.room() != null) {
            party(json, "room", event.room());
        }
        party(json, "sender", event.sender());
        kind(json, message, embedRaw);
        String note = message.note();
        if (note != null) {
            CloudEventsJson.text(json, "note", note);
        }
    }

    private static void kind(JsonGenerator json, Message message, boolean embedRaw) {
        if (message instanceof Message.Text text) {
            CloudEventsJson.text(json, "text", text.text());
        } else if (message instanceof Message.SystemNotice notice) {
            CloudEventsJson.text(json, "text", notice.text());
        } else if (message instanceof Message.Recall recall) {
            CloudEventsJson.text(json, "recalled", recall.recalled().value());
            CloudEventsJson.text(json, "notice", recall.notice());
        } else if (message instanceof Message.StatusNotify notify) {
            json.writeNumberProperty("code", notify.code());
            json.writeArrayPropertyStart("userNames");
            for (UserName name : notify.userNames()) {
                json.writeString(CloudEventsJson.wellFormed(name.value()));
            }
            json.writeEndArray();
        } else if (embedRaw) {
            json.writeName("raw");
            CloudEventsJson.copy(message.raw().toByteArray(), json);
        } else {
            CloudEventsJson.text(json, "rawText", message.raw().json());
        }
    }

    private static void party(JsonGenerator json, String role, Party party) {
        json.writeObjectPropertyStart(role);
        CloudEventsJson.text(json, "userName", party.userName().value());
        name(json, "nickName", party.nickName());
        name(json, "remarkName", party.remarkName());
        name(json, "displayName", party.displayName());
        json.writeEndObject();
    }

    private static void name(JsonGenerator json, String property, @Nullable String value) {
        if (value != null) {
            CloudEventsJson.text(json, property, value);
        }
    }
}
