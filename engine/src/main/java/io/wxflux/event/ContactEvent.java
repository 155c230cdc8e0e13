package io.wxflux.event;

import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.util.Set;

/**
 * What changes among an account's contacts. Journaled together with the change itself, so that each is told once however
 * often the process dies. Nothing is told of the first reading after a login but {@link Lifecycle.Ready}; of a session that
 * goes on, what changed meanwhile is told. Rooms come without their members.
 */
public sealed interface ContactEvent extends AccountEvent {
    @Override
    default boolean isJournaled() {
        return true;
    }

    /** Somebody is a contact now: a friend, or an official account; {@code contact} has its id already. */
    record ContactAdded(EventHead head, Contact contact) implements ContactEvent {
        @Override
        public String type() {
            return "wx.contact.added";
        }

        @Override
        public UserName subject() {
            return contact.userName();
        }
    }

    /** A contact has other names, flags, or another picture; {@code contact} is how it is now. */
    record ContactUpdated(EventHead head, Contact contact, Set<ContactField> changed) implements ContactEvent {
        public ContactUpdated {
            changed = Set.copyOf(changed);
        }

        @Override
        public String type() {
            return "wx.contact.updated";
        }

        @Override
        public UserName subject() {
            return contact.userName();
        }
    }

    /** Somebody is no contact any more; {@code contact} is how it was. */
    record ContactRemoved(EventHead head, Contact contact) implements ContactEvent {
        @Override
        public String type() {
            return "wx.contact.removed";
        }

        @Override
        public UserName subject() {
            return contact.userName();
        }
    }

    /** A room has become known; {@code room} has its id already, its members may not have been told yet. */
    record RoomAdded(EventHead head, Contact room) implements ContactEvent {
        @Override
        public String type() {
            return "wx.room.added";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /**
     * A room has other flags, another owner, picture or number of members; names and members have events of their own, and a
     * number that follows from these is not told for itself.
     */
    record RoomUpdated(EventHead head, Contact room, Set<ContactField> changed) implements ContactEvent {
        public RoomUpdated {
            changed = Set.copyOf(changed);
        }

        @Override
        public String type() {
            return "wx.room.updated";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /** The account is in the room no more; {@code room} is how it was. */
    record RoomRemoved(EventHead head, Contact room) implements ContactEvent {
        @Override
        public String type() {
            return "wx.room.removed";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /** Somebody is in the room now, as its full list of members says. */
    record MemberJoined(EventHead head, Party room, Party member) implements ContactEvent {
        @Override
        public String type() {
            return "wx.room.member-joined";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /** Somebody is in the room no more, as its full list of members says; there is no other sign of a quiet leave. */
    record MemberLeft(EventHead head, Party room, Party member) implements ContactEvent {
        @Override
        public String type() {
            return "wx.room.member-left";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /** The room has another topic; empty texts stand for none. */
    record RoomRenamed(EventHead head, Party room, String before, String now) implements ContactEvent {
        @Override
        public String type() {
            return "wx.room.renamed";
        }

        @Override
        public UserName subject() {
            return room.userName();
        }
    }

    /** The account's own name or picture changed. */
    record ProfileUpdated(EventHead head, Contact self, Set<ContactField> changed) implements ContactEvent {
        public ProfileUpdated {
            changed = Set.copyOf(changed);
        }

        @Override
        public String type() {
            return "wx.profile.updated";
        }
    }
}
