package io.wxflux.file;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.Message;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Party;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says an event in one line for people: who, and what. Everything that came from others is sanitised. */
public final class EventText {
    private static final int MAX_NAME = 24;

    private EventText() {}

    /** Whether people want to see it: not the notes by which a phone tells other clients what is open on its screen. */
    public static boolean isForPeople(AccountEvent event) {
        return !(event instanceof MessageReceived message && message.message() instanceof Message.StatusNotify);
    }

    /** Without time and account. */
    public static String of(AccountEvent event) {
        if (event instanceof MessageReceived message) {
            return message(message);
        }
        if (event instanceof SendEvent send) {
            return sent(send.entry());
        }
        return event instanceof Lifecycle lifecycle ? lifecycle(lifecycle) : event.type();
    }

    private static String sent(OutboxEntry entry) {
        String what = "the " + entry.kind().word() + " to " + entry.to() + " is "
                + entry.state().word();
        return entry.reason().isEmpty() ? what : what + ": " + TerminalText.line(entry.reason());
    }

    private static String message(MessageReceived event) {
        Message message = event.message();
        StringBuilder line = new StringBuilder();
        if (event.room() != null) {
            line.append('[').append(name(event.room())).append("] ");
        }
        if (message.header().self()) {
            line.append("(me)");
            if (event.room() == null) {
                line.append(" to ").append(name(event.to()));
            }
        } else {
            line.append(name(event.sender()));
        }
        return line.append(" -> ").append(content(message)).toString();
    }

    private static String content(Message message) {
        if (message instanceof Message.Text text) {
            return TerminalText.line(text.text());
        }
        if (message instanceof Message.SystemNotice notice) {
            return "[system] " + TerminalText.line(notice.text());
        }
        if (message instanceof Message.Recall recall) {
            return "[recall] " + TerminalText.line(recall.notice());
        }
        String note = message.note();
        return "[" + message.kind().suffix() + "]" + (note == null ? "" : " " + TerminalText.line(note));
    }

    private static String lifecycle(Lifecycle event) {
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
            return "backing off for " + seconds(off.delay().toMillis()) + ": " + TerminalText.line(off.reason());
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
                    + seconds(throttled.delay().toMillis());
        }
        return event instanceof Lifecycle.Stopped ? "stopped" : event.type();
    }

    private static String seconds(long millis) {
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }

    /** The name the account's owner sees: remark, then the name in the room, then the own one. */
    private static String name(Party party) {
        String name = first(first(party.remarkName(), party.displayName()), party.nickName());
        return TerminalText.line(name == null ? party.userName().value() : name, MAX_NAME);
    }

    private static @Nullable String first(@Nullable String a, @Nullable String b) {
        return a == null || a.isBlank() ? b : a;
    }
}
