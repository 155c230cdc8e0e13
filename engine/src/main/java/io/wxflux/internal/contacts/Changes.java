package io.wxflux.internal.contacts;

import io.wxflux.event.ContactEvent;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How records of the service change a {@link Draft}, and what is told of it (PROTOCOL 8.3). */
final class Changes {
    private static final int FRIEND = 1;
    private static final int MOST_MEMBERS = 2_000;

    /** Where a record comes from; they are not equally to be trusted. */
    enum Source {
        /** webwxgetcontact: whom it lists is a contact; rooms have no members here. */
        PAGE,
        /** webwxbatchgetcontact: how things are. */
        ANSWER,
        /** webwxinit or webwxsync: lists of members may be parts. */
        CHANGE
    }

    private final Draft draft;
    private final boolean silent;
    private final Consumer<UserName> doubtful;

    /** Rooms removed here. One that comes again at once has the same UserName: it is the same room. */
    private final Map<UserName, Contact> gone = new HashMap<>();

    /**
     * @param silent whether nothing is told: the first reading after a login
     * @param doubtful told of rooms that should be asked about
     */
    Changes(Draft draft, boolean silent, Consumer<UserName> doubtful) {
        this.draft = draft;
        this.silent = silent;
        this.doubtful = doubtful;
    }

    void apply(ContactPatch patch, Source source) {
        UserName name = patch.userName();
        Contact old = draft.find(name);
        Contact now = patch.onto(old);
        Contact before = old == null ? gone.remove(name) : null;
        if (before != null && before.stableId() != null) {
            draft.present(before.stableId());
            now = now.withStableId(before.stableId(), before.realId());
        }
        if (source == Source.PAGE && old == null && !patch.hasContactFlag()) {
            now = listed(now);
        }
        if (now.isRoom()) {
            now = source == Source.ANSWER ? confirmed(old, now, patch) : doubted(old, now, patch, source);
        }
        if (now.equals(old)) {
            return;
        }
        draft.put(now);
        if (!silent) {
            announce(old, now);
        }
    }

    private static Contact listed(Contact contact) {
        return contact.isRoom() ? contact : contact.withContactFlag(contact.contactFlag() | FRIEND);
    }

    /** DelContactList: a friend becomes a stranger, whose names are still of use; a room is gone. */
    void removed(UserName name) {
        Contact old = draft.find(name);
        if (old == null) {
            return;
        }
        if (old.isRoom()) {
            draft.remove(name);
            draft.absent(old);
            gone.put(name, old);
            if (!silent) {
                draft.tell(head -> new ContactEvent.RoomRemoved(head, old.withoutMembers()));
            }
            return;
        }
        Contact now = old.withContactFlag(old.contactFlag() & ~FRIEND);
        if (!now.equals(old)) {
            draft.put(now);
            if (!silent) {
                announce(old, now);
            }
        }
    }

    /** The account itself. */
    void profile(ContactPatch patch) {
        self(patch.onto(draft.login().self()));
    }

    /** The account itself, as it is now. */
    void self(Contact self) {
        Contact old = draft.login().self();
        Set<ContactField> changed = Differences.between(old, self);
        if (changed.isEmpty()) {
            return;
        }
        LoginForm login = draft.login();
        draft.login(new LoginForm(login.login(), login.filled(), self));
        if (!silent) {
            draft.tell(head -> new ContactEvent.ProfileUpdated(head, self, changed));
        }
    }

    private void announce(@Nullable Contact old, Contact now) {
        if (now.isRoom()) {
            announceRoom(old, now);
            return;
        }
        Contact before = old != null && old.isInAddressBook() ? old : null;
        boolean is = now.isInAddressBook();
        if (is && before == null) {
            draft.added(now.userName());
            draft.tell(head -> new ContactEvent.ContactAdded(head, draft.withId(now)));
        } else if (before != null && !is) {
            draft.tell(head -> new ContactEvent.ContactRemoved(head, before));
        } else if (before != null) {
            Set<ContactField> changed = Differences.between(before, now);
            if (!changed.isEmpty()) {
                draft.tell(head -> new ContactEvent.ContactUpdated(head, draft.withId(now), changed));
            }
        }
    }

    private void announceRoom(@Nullable Contact old, Contact now) {
        if (old == null) {
            draft.added(now.userName());
            draft.tell(
                    head -> new ContactEvent.RoomAdded(head, draft.withId(now).withoutMembers()));
            return;
        }
        Set<ContactField> changed = Differences.between(old, now);
        if (changed.remove(ContactField.NICK_NAME)) {
            draft.tell(head ->
                    new ContactEvent.RoomRenamed(head, draft.withId(now).party(), old.nickName(), now.nickName()));
        }
        if (changed.equals(Set.of(ContactField.MEMBER_COUNT)) && areMembersTold(old, now)) {
            return;
        }
        if (!changed.isEmpty()) {
            draft.tell(
                    head -> new ContactEvent.RoomUpdated(head, draft.withId(now).withoutMembers(), changed));
        }
    }

    /** Whether somebody's joining or leaving is told, which says that the count is another one. */
    private static boolean areMembersTold(Contact old, Contact now) {
        return !old.members().isEmpty()
                && !byName(old.members()).keySet().equals(byName(now.members()).keySet());
    }

    // members --------------------------------------------------------------------------------------------------------

    /** Names of known members are taken over; who is new or missing is only a reason to ask. */
    private Contact doubted(@Nullable Contact old, Contact now, ContactPatch patch, Source source) {
        Contact.Room room = now.room();
        if (room == null) {
            return now;
        }
        List<Contact.Member> known = old == null ? List.of() : old.members();
        int count = old == null ? 0 : old.memberCount();
        List<Contact.Member> listed = patch.members();
        boolean differs = patch.memberCount() != 0 && patch.memberCount() != count;
        Map<UserName, Contact.Member> renamed = byName(known);
        if (listed != null) {
            int found = 0;
            for (Contact.Member member : listed) {
                found += renamed.replace(member.userName(), member) == null ? 0 : 1;
            }
            differs |= found != listed.size() || found != known.size();
        } else {
            differs |= patch.memberCount() > 0;
        }
        if (source == Source.CHANGE && (differs || old == null)) {
            doubtful.accept(now.userName());
        }
        return now.withRoom(new Contact.Room(
                room.encryChatRoomId(), room.owner(), room.isOwner(), count, List.copyOf(renamed.values())));
    }

    /** A full list of members is how it is; a part of it can only add. */
    private Contact confirmed(@Nullable Contact old, Contact now, ContactPatch patch) {
        List<Contact.Member> listed = patch.members();
        Contact.Room room = now.room();
        if (listed == null || room == null) {
            return now;
        }
        Map<UserName, Contact.Member> known = byName(old == null ? List.of() : old.members());
        boolean isFull = listed.size() >= Math.min(patch.memberCount(), MOST_MEMBERS);
        Map<UserName, Contact.Member> next = isFull ? new LinkedHashMap<>() : new LinkedHashMap<>(known);
        listed.forEach(member -> next.put(member.userName(), member));
        if (!silent && !known.isEmpty()) {
            next.values().stream()
                    .filter(member -> !known.containsKey(member.userName()))
                    .forEach(member -> draft.tell(head -> new ContactEvent.MemberJoined(
                            head, draft.withId(now).party(), party(member))));
            known.values().stream()
                    .filter(member -> !next.containsKey(member.userName()))
                    .forEach(member -> draft.tell(head ->
                            new ContactEvent.MemberLeft(head, draft.withId(now).party(), party(member))));
        }
        return now.withRoom(room.withMembers(List.copyOf(next.values())));
    }

    private static Map<UserName, Contact.Member> byName(List<Contact.Member> members) {
        Map<UserName, Contact.Member> byName = new LinkedHashMap<>(members.size() * 2);
        members.forEach(member -> byName.put(member.userName(), member));
        return byName;
    }

    private Party party(Contact.Member member) {
        return PartyNames.party(member.userName(), draft.known(member.userName()), member);
    }
}
