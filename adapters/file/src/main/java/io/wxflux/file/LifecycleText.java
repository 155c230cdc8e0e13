package io.wxflux.file;

import io.wxflux.event.Lifecycle;
import io.wxflux.model.PlainTime;
import java.util.Locale;

/** What happened to an account's session, in words for people. */
final class LifecycleText {
    private static final int MAX_NAME = 24;

    private LifecycleText() {}

    static String of(Lifecycle event) {
        if (event instanceof Lifecycle.QrIssued qr) {
            return qr.number() == 0
                    ? "confirm the login on the phone"
                    : "scan the QR code (" + qr.number() + " of " + qr.most() + ")";
        }
        if (event instanceof Lifecycle.Scanned) {
            return "scanned; confirm the login on the phone";
        }
        if (event instanceof Lifecycle.LoggedIn in) {
            return "logged in as " + TerminalText.line(in.nickName(), MAX_NAME) + " by "
                    + in.origin().name().toLowerCase(Locale.ROOT) + ", " + TerminalText.line(in.host(), 64);
        }
        if (event instanceof Lifecycle.Ready ready) {
            return "ready: " + ready.contacts() + " contacts, " + ready.rooms() + " rooms";
        }
        if (event instanceof Lifecycle.Resumed resumed) {
            return "resumed as " + TerminalText.line(resumed.nickName(), MAX_NAME) + " without a login";
        }
        if (event instanceof Lifecycle.BackingOff off) {
            return "backing off for " + PlainTime.of(off.delay()) + ": " + TerminalText.line(off.reason());
        }
        if (event instanceof Lifecycle.LoginHeld held) {
            return held(held) + ", the next in " + PlainTime.of(held.delay()) + "; `wxflux login` does not wait";
        }
        if (event instanceof Lifecycle.HostSwitched switched) {
            return "now polling " + TerminalText.line(switched.to(), 64) + " instead of "
                    + TerminalText.line(switched.from(), 64) + ": " + TerminalText.line(switched.reason());
        }
        if (event instanceof Lifecycle.LoggedOut out) {
            return "logged out" + (out.code() == 0 ? "" : " (" + out.code() + ")") + ": "
                    + TerminalText.line(out.reason());
        }
        if (event instanceof Lifecycle.Refused refused) {
            return "refused: " + TerminalText.line(refused.reason(), 500);
        }
        if (event instanceof Lifecycle.Parked parked) {
            return "parked: " + TerminalText.line(parked.reason());
        }
        if (event instanceof Lifecycle.Unparked) {
            return "there is room again; fetching goes on";
        }
        if (event instanceof Lifecycle.Throttled throttled) {
            return "throttled on " + TerminalText.line(throttled.operation(), 64) + " for "
                    + PlainTime.of(throttled.delay());
        }
        return event instanceof Lifecycle.Stopped ? "stopped" : event.type();
    }

    private static String held(Lifecycle.LoginHeld held) {
        return switch (held.limit()) {
            case LOGIN_INTERVAL -> "signed in just before";
            case LOGINS_PER_HOUR -> "signed in " + held.count() + " times within an hour";
            case QR_CODES_PER_HOUR -> held.count() + " QR codes were shown within an hour";
        };
    }
}
