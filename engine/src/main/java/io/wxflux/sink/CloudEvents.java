package io.wxflux.sink;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.UserName;
import tools.jackson.core.JacksonException;

/**
 * Writes events as CloudEvents 1.0 in JSON's structured mode, each on one line. {@code docs/events.md} is the catalogue.
 *
 * <p>Characters that reorder or break lines on a screen are escaped: they come from strangers and end up in terminals.
 */
public final class CloudEvents {
    private CloudEvents() {}

    /** The event without the login URL of QR codes. */
    public static byte[] encode(AccountEvent event) {
        return encode(event, false);
    }

    /**
     * The event as one JSON object in UTF-8, without a line end.
     *
     * @param withQr whether the login URL of a QR code is written: anybody who has it can sign in
     */
    public static byte[] encode(AccountEvent event, boolean withQr) {
        try {
            return encode(event, withQr, true);
        } catch (JacksonException rawIsNoCleanJson) {
            return encode(event, withQr, false);
        }
    }

    private static byte[] encode(AccountEvent event, boolean withQr, boolean embedRaw) {
        return CloudEventsJson.write(json -> {
            EventHead head = event.head();
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            CloudEventsJson.text(json, "id", head.id());
            json.writeStringProperty("source", "/accounts/" + head.account());
            json.writeStringProperty("type", event.type());
            UserName subject = event.subject();
            if (subject != null && !subject.isEmpty()) {
                CloudEventsJson.text(json, "subject", subject.value());
            }
            json.writeStringProperty("time", head.time().toString());
            json.writeStringProperty("datacontenttype", "application/json");
            if (head.sequence().isPresent()) {
                json.writeStringProperty(
                        "sequence", Long.toString(head.sequence().getAsLong()));
            }
            json.writeObjectPropertyStart("data");
            if (event instanceof MessageReceived received) {
                CloudEventsMessage.write(json, received, embedRaw);
            } else if (event instanceof SendEvent send) {
                CloudEventsSend.write(json, send);
            } else if (event instanceof ContactEvent changed) {
                CloudEventsContact.write(json, changed);
            } else {
                CloudEventsLifecycle.write(json, (Lifecycle) event, withQr);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
