package io.wxflux.sink;

import io.wxflux.event.MessageReceived;
import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MoneyMessage;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.SystemMessage;
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
        CloudEventsContact.party(json, "from", event.from());
        CloudEventsContact.party(json, "to", event.to());
        if (event.room() != null) {
            CloudEventsContact.party(json, "room", event.room());
        }
        CloudEventsContact.party(json, "sender", event.sender());
        if (event.room() != null && (message instanceof Message.Text || message instanceof QuotingMessage.Quote)) {
            json.writeBooleanProperty("mentionsMe", event.mentionsMe());
        }
        kind(json, message);
        String note = message.note();
        if (note != null || message instanceof Message.Other) {
            raw(json, message, embedRaw);
        }
        if (note != null) {
            CloudEventsJson.text(json, "note", note);
        }
    }

    private static void kind(JsonGenerator json, Message message) {
        if (message instanceof Message.Text text) {
            CloudEventsJson.text(json, "text", text.text());
        } else if (message instanceof MediaMessage<?> media) {
            CloudEventsMedia.write(json, media);
        } else if (message instanceof PlaceMessage<?> place) {
            CloudEventsMedia.write(json, place);
        } else if (message instanceof PeopleMessage<?> people) {
            CloudEventsPeople.write(json, people);
        } else if (message instanceof AppMessage<?> app) {
            CloudEventsApp.write(json, app);
        } else if (message instanceof QuotingMessage<?> quoting) {
            CloudEventsQuoting.write(json, quoting);
        } else if (message instanceof MoneyMessage<?> money) {
            CloudEventsMoney.write(json, money);
        } else if (message instanceof SystemMessage<?> system) {
            CloudEventsSystem.write(json, system);
        }
    }

    private static void raw(JsonGenerator json, Message message, boolean embedRaw) {
        if (embedRaw) {
            json.writeName("raw");
            CloudEventsJson.copy(message.raw().toByteArray(), json);
        } else {
            CloudEventsJson.text(json, "rawText", message.raw().json());
        }
    }
}
