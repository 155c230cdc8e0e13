package io.wxflux.sink;

import io.wxflux.event.SendEvent;
import io.wxflux.model.OutboxEntry;
import tools.jackson.core.JsonGenerator;

/** The {@code data} of what becomes of messages in the outbox: never what they say. */
final class CloudEventsSend {
    private CloudEventsSend() {}

    static void write(JsonGenerator json, SendEvent send) {
        OutboxEntry entry = send.entry();
        CloudEventsJson.text(json, "clientMsgId", entry.id());
        CloudEventsJson.text(json, "to", entry.to().value());
        CloudEventsContact.party(json, "recipient", send.recipient());
        json.writeStringProperty("kind", entry.kind().word());
        json.writeStringProperty("state", entry.state().word());
        json.writeStringProperty("queuedAt", entry.queuedAt().toString());
        json.writeStringProperty("expiresAt", entry.expiresAt().toString());
        CloudEventsJson.known(json, "msgId", entry.msgId().value());
        CloudEventsJson.known(json, "reason", entry.reason());
    }
}
