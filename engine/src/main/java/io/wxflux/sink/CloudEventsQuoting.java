package io.wxflux.sink;

import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What messages about messages say. */
final class CloudEventsQuoting {
    private CloudEventsQuoting() {}

    static void write(JsonGenerator json, QuotingMessage<?> message) {
        if (message instanceof QuotingMessage.Quote quote) {
            quote(json, quote.details());
        } else if (message instanceof QuotingMessage.ChatHistory chatHistory) {
            chatHistory(json, chatHistory.details());
        }
    }

    private static void quote(JsonGenerator json, QuotingMessage.Quote.Details details) {
        CloudEventsJson.text(json, "text", details.text());
        quoted(json, details.quoted());
    }

    private static void chatHistory(JsonGenerator json, QuotingMessage.ChatHistory.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        items(json, details);
    }

    private static void quoted(JsonGenerator json, @Nullable Quoted quoted) {
        if (quoted == null) {
            return;
        }
        json.writeObjectPropertyStart("quoted");
        json.writeStringProperty("kind", quoted.kind().suffix());
        CloudEventsJson.known(json, "msgId", quoted.id().value());
        CloudEventsJson.known(json, "senderId", quoted.sender());
        CloudEventsJson.known(json, "senderName", quoted.senderName());
        CloudEventsJson.text(json, "text", quoted.text());
        CloudEventsJson.known(json, "size", quoted.size());
        quoted(json, quoted.quoted());
        json.writeEndObject();
    }

    private static void items(JsonGenerator json, QuotingMessage.ChatHistory.Details details) {
        json.writeArrayPropertyStart("items");
        for (QuotingMessage.ChatHistory.Item item : details.items()) {
            json.writeStartObject();
            json.writeStringProperty("kind", item.kind().suffix());
            json.writeNumberProperty("dataType", item.dataType());
            CloudEventsJson.known(json, "senderName", item.senderName());
            CloudEventsJson.text(json, "text", item.text());
            CloudEventsJson.known(json, "time", item.time());
            CloudEventsJson.known(json, "sent", item.sent());
            CloudEventsJson.known(json, "size", item.size());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
