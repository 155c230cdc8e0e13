package io.wxflux.sink;

import io.wxflux.event.Lifecycle;
import io.wxflux.options.Secret;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The {@code data} of what happens to an account; empty where the type says it all. */
final class CloudEventsLifecycle {
    private CloudEventsLifecycle() {}

    static void write(JsonGenerator json, Lifecycle event, boolean withQr) {
        if (event instanceof Lifecycle.QrIssued qr) {
            json.writeNumberProperty("number", qr.number());
            json.writeNumberProperty("most", qr.most());
            Secret url = qr.loginUrl();
            if (withQr && url != null) {
                CloudEventsJson.text(json, "loginUrl", url.reveal());
            }
        } else if (event instanceof Lifecycle.LoggedIn in) {
            json.writeNumberProperty("uin", in.uin().value());
            CloudEventsJson.text(json, "nickName", in.nickName());
            json.writeStringProperty("origin", in.origin().name().toLowerCase(Locale.ROOT));
            CloudEventsJson.text(json, "host", in.host());
        } else if (event instanceof Lifecycle.Ready ready) {
            json.writeNumberProperty("contacts", ready.contacts());
            json.writeNumberProperty("rooms", ready.rooms());
        } else if (event instanceof Lifecycle.Resumed resumed) {
            json.writeNumberProperty("uin", resumed.uin().value());
            CloudEventsJson.text(json, "nickName", resumed.nickName());
            CloudEventsJson.text(json, "host", resumed.host());
        } else if (event instanceof Lifecycle.BackingOff backingOff) {
            CloudEventsJson.text(json, "reason", backingOff.reason());
            json.writeNumberProperty("attempt", backingOff.attempt());
            json.writeNumberProperty("delayMs", backingOff.delay().toMillis());
        } else if (event instanceof Lifecycle.LoginHeld held) {
            json.writeStringProperty(
                    "limit", held.limit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeNumberProperty("count", held.count());
            json.writeNumberProperty("delayMs", held.delay().toMillis());
        } else if (event instanceof Lifecycle.HostSwitched switched) {
            CloudEventsJson.text(json, "from", switched.from());
            CloudEventsJson.text(json, "to", switched.to());
            CloudEventsJson.text(json, "reason", switched.reason());
        } else if (event instanceof Lifecycle.LoggedOut out) {
            json.writeNumberProperty("code", out.code());
            CloudEventsJson.text(json, "reason", out.reason());
        } else if (event instanceof Lifecycle.Refused refused) {
            CloudEventsJson.text(json, "reason", refused.reason());
        } else if (event instanceof Lifecycle.Parked parked) {
            CloudEventsJson.text(json, "reason", parked.reason());
        } else if (event instanceof Lifecycle.Throttled throttled) {
            CloudEventsJson.text(json, "operation", throttled.operation());
            json.writeNumberProperty("delayMs", throttled.delay().toMillis());
        }
    }
}
