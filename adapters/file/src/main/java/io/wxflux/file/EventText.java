package io.wxflux.file;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SendEvent;
import io.wxflux.model.AppMessage;
import io.wxflux.model.ContactField;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Party;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.PlaceMessage;
import java.util.Set;
import java.util.stream.Collectors;
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
        if (event instanceof Lifecycle lifecycle) {
            return LifecycleText.of(lifecycle);
        }
        if (event instanceof ContactEvent changed) {
            return contact(changed);
        }
        return event instanceof SendEvent send ? send(send) : event.type();
    }

    private static String contact(ContactEvent event) {
        if (event instanceof ContactEvent.ContactAdded added) {
            return "new contact: " + name(added.contact().party());
        } else if (event instanceof ContactEvent.ContactUpdated updated) {
            return "contact changed: " + name(updated.contact().party()) + words(updated.changed());
        } else if (event instanceof ContactEvent.ContactRemoved removed) {
            return "contact removed: " + name(removed.contact().party());
        } else if (event instanceof ContactEvent.RoomAdded added) {
            return "new room: " + name(added.room().party());
        } else if (event instanceof ContactEvent.RoomUpdated updated) {
            return "room changed: " + name(updated.room().party()) + words(updated.changed());
        } else if (event instanceof ContactEvent.RoomRemoved removed) {
            return "room left: " + name(removed.room().party());
        } else if (event instanceof ContactEvent.MemberJoined joined) {
            return "[" + name(joined.room()) + "] " + name(joined.member()) + " joined";
        } else if (event instanceof ContactEvent.MemberLeft left) {
            return "[" + name(left.room()) + "] " + name(left.member()) + " left";
        } else if (event instanceof ContactEvent.RoomRenamed renamed) {
            return "[" + TerminalText.line(renamed.before(), MAX_NAME) + "] is now called "
                    + TerminalText.line(renamed.now(), MAX_NAME);
        }
        return event instanceof ContactEvent.ProfileUpdated updated
                ? "own profile changed" + words(updated.changed())
                : event.type();
    }

    private static String words(Set<ContactField> changed) {
        return changed.stream().sorted().map(ContactField::word).collect(Collectors.joining(", ", " (", ")"));
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
            String sender = name(event.sender());
            line.append(sender.isEmpty() ? "(system)" : sender);
        }
        line.append(" -> ").append(MessageText.of(message));
        if (isNamedById(message)) {
            line.append(" (id ")
                    .append(TerminalText.line(message.header().id().value(), 40))
                    .append(')');
        }
        return line.toString();
    }

    /** Who wants what it speaks of, or wants to take an own one back, has to name it. Texts of others stay as they are. */
    private static boolean isNamedById(Message message) {
        boolean own = message.header().self();
        return own && (message instanceof Message.Text || message instanceof AppMessage)
                || message instanceof MediaMessage<?>
                || message instanceof AppMessage.File
                || message instanceof PlaceMessage.Location
                || message instanceof PeopleMessage<?>;
    }

    private static String send(SendEvent send) {
        OutboxEntry entry = send.entry();
        String message = "message " + TerminalText.line(entry.id(), 40) + " to " + name(send.recipient()) + " ("
                + entry.kind().word() + ") ";
        String reason = entry.reason().isEmpty() ? "" : ": " + TerminalText.line(entry.reason());
        return message
                + switch (entry.state()) {
                    case QUEUED -> "waits in the outbox";
                    case SENT -> "is on its way";
                    case ACCEPTED -> "was sent";
                    case REFUSED -> "was refused" + reason;
                    case UNKNOWN -> "was sent or not, nobody knows" + reason;
                    case EXPIRED -> "expired unsent" + reason;
                };
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
