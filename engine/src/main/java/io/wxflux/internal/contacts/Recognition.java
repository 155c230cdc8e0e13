package io.wxflux.internal.contacts;

import io.wxflux.event.ContactEvent;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.ContactKind;
import io.wxflux.model.StableId;
import io.wxflux.model.StableId.Confidence;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is who over logins (PROTOCOL 7.7). An id is at one place at a time: with somebody in the snapshot, or among the
 * absent with what is known of whoever had it. Works on a {@link Draft} with everything read.
 */
final class Recognition {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 16;

    /** A hint fits when it is somebody's alone, among those there and among the absent. */
    private record Hint(Confidence confidence, Function<Contact, String> of) {}

    /** Stronger ones first. Kinds are told apart by the first character. */
    private static final List<Hint> HINTS = List.of(
            new Hint(Confidence.CERTAIN, Contact::realId),
            new Hint(Confidence.LIKELY, c -> c.isRoom() ? encryChatRoomId(c) : c.remarkName()),
            new Hint(Confidence.LIKELY, Contact::alias),
            new Hint(
                    Confidence.POSSIBLE,
                    c -> c.attrStatus() == 0 || c.nickName().isEmpty() ? "" : c.attrStatus() + "/" + c.nickName()),
            new Hint(Confidence.POSSIBLE, c -> c.isRoom() ? "" : pictureNumber(c)),
            new Hint(
                    Confidence.POSSIBLE,
                    c -> c.nickName().isEmpty()
                            ? ""
                            : c.nickName() + "/" + c.sex() + "/" + c.province() + "/" + c.city()));

    private final Draft draft;
    private final RandomGenerator random;
    private final boolean silent;

    Recognition(Draft draft, RandomGenerator random, boolean silent) {
        this.draft = draft;
        this.random = random;
        this.silent = silent;
    }

    private static String encryChatRoomId(Contact contact) {
        return contact.room() == null ? "" : contact.room().encryChatRoomId();
    }

    private static String pictureNumber(Contact contact) {
        String picture = Differences.picture(contact);
        return picture.isEmpty() || picture.equals("0") || picture.indexOf('/') >= 0 ? "" : picture;
    }

    /** What is kept of somebody who is not there. */
    static Contact hints(Contact gone) {
        Contact.Room room = gone.room();
        return new Contact(
                UserName.NONE,
                gone.stableId(),
                gone.realId(),
                gone.nickName(),
                gone.remarkName(),
                gone.alias(),
                "",
                "",
                gone.contactFlag(),
                gone.verifyFlag(),
                gone.sex(),
                "",
                gone.province(),
                gone.city(),
                gone.attrStatus(),
                false,
                0,
                pictureNumber(gone).isEmpty() ? "" : "?seq=" + pictureNumber(gone),
                room == null ? null : new Contact.Room(room.encryChatRoomId(), UserName.NONE, false, 0, List.of()));
    }

    /** Whether an id is due: strangers get none unless something proves who they are. */
    static boolean isDue(Contact contact) {
        return contact.stableId() == null && (contact.isRoom() || contact.isInAddressBook());
    }

    /** Gives everybody who is due an id: that of whom they are recognised as, else a new one. */
    void recogniseAll() {
        List<Contact> all = draft.all();
        Map<UserName, Contact> due = new HashMap<>();
        for (Contact contact : all) {
            if (!isDue(contact)) {
                continue;
            }
            if (contact.kind() == ContactKind.BUILT_IN) {
                String name = contact.userName().value();
                draft.put(contact.withStableId(new StableId("b-" + name, Confidence.CERTAIN), name));
            } else {
                due.put(contact.userName(), contact);
            }
        }
        List<Contact> absent = due.isEmpty() ? List.of() : draft.absent();
        Set<StableId> taken = new HashSet<>();
        for (Hint hint : absent.isEmpty() ? List.<Hint>of() : HINTS) {
            Map<String, Contact> here = unique(all, hint);
            unique(absent, hint).forEach((key, gone) -> {
                Contact contact = here.get(key);
                if (contact != null
                        && due.containsKey(contact.userName())
                        && mayBe(contact, gone)
                        && taken.add(id(gone))) {
                    due.remove(contact.userName());
                    recognised(contact, gone, confidence(hint, gone));
                }
            });
        }
        due.values().forEach(this::begin);
    }

    private void begin(Contact contact) {
        Confidence confidence = contact.realId().isEmpty() ? Confidence.NEW : Confidence.CERTAIN;
        draft.put(contact.withStableId(fresh(contact, confidence), contact.realId()));
    }

    /** By key, those whose key nobody else has. */
    private static Map<String, Contact> unique(List<Contact> contacts, Hint hint) {
        Map<String, Contact> unique = new HashMap<>();
        var several = new ArrayList<String>();
        for (Contact contact : contacts) {
            String value = hint.of().apply(contact);
            if (!value.isEmpty() && contact.kind() != ContactKind.BUILT_IN) {
                String key = (contact.isRoom() ? "r" : contact.isOfficialAccount() ? "o" : "p") + value;
                if (unique.putIfAbsent(key, contact) != null) {
                    several.add(key);
                }
            }
        }
        several.forEach(unique::remove);
        return unique;
    }

    /** What speaks against it outweighs a hint. */
    private static boolean mayBe(Contact here, Contact gone) {
        return fits(here.alias(), gone.alias())
                && fits(here.realId(), gone.realId())
                && (here.sex() == 0 || gone.sex() == 0 || here.sex() == gone.sex());
    }

    private static boolean fits(String a, String b) {
        return a.isEmpty() || b.isEmpty() || a.equals(b);
    }

    /** A chain of logins is as strong as its weakest link; a lasting id is a link of its own, over all of them. */
    private static Confidence confidence(Hint hint, Contact gone) {
        Confidence before = id(gone).confidence();
        boolean wasSure = before == Confidence.NEW || before == Confidence.CERTAIN;
        return wasSure
                        || hint.confidence() == Confidence.CERTAIN
                        || hint.confidence().compareTo(before) < 0
                ? hint.confidence()
                : before;
    }

    private void recognised(Contact contact, Contact gone, Confidence confidence) {
        draft.present(id(gone));
        draft.put(contact.withStableId(new StableId(id(gone).value(), confidence), gone.realId()));
    }

    private StableId fresh(Contact contact, Confidence confidence) {
        var id = new StringBuilder(LENGTH + 2).append(contact.isRoom() ? "r-" : "p-");
        for (int i = 0; i < LENGTH; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new StableId(id.toString(), confidence);
    }

    private static StableId id(Contact gone) {
        StableId id = gone.stableId();
        if (id == null) {
            throw new IllegalStateException("somebody absent has no id: a bug, please report it");
        }
        return id;
    }

    // proofs ---------------------------------------------------------------------------------------------------------

    /** Nothing is left to prove. */
    static boolean isProven(Contact contact, String realId) {
        StableId id = contact.stableId();
        return id != null
                && id.confidence() == Confidence.CERTAIN
                && contact.realId().equals(realId);
    }

    /**
     * The service says that this is the lasting id of somebody here. Whoever had that id in earlier logins is who this is,
     * whatever the hints said: the id of then comes back, and what was given by a hint goes back to the absent, if it can
     * be told whose it was.
     */
    void proven(UserName name, String realId) {
        Contact contact = draft.find(name);
        if (contact == null || isProven(contact, realId) || contact.kind() == ContactKind.BUILT_IN) {
            return;
        }
        Contact other = holder(draft.all(), realId, contact.userName());
        if (other != null && other.stableId() != null) {
            StableId theirs = other.stableId();
            if (theirs.confidence() == Confidence.CERTAIN) {
                return; // Two names for one person: nothing can be concluded.
            }
            correct(other, fresh(other, Confidence.NEW), "");
            giveBack(contact, realId);
            correct(contact, new StableId(theirs.value(), Confidence.CERTAIN), realId);
            return;
        }
        Contact gone = holder(draft.absent(), realId, UserName.NONE);
        if (gone != null) {
            draft.present(id(gone));
            giveBack(contact, realId);
            correct(contact, new StableId(id(gone).value(), Confidence.CERTAIN), realId);
            return;
        }
        boolean isOthers = !contact.realId().isEmpty() && !contact.realId().equals(realId);
        giveBack(contact, realId);
        StableId id = contact.stableId();
        correct(
                contact,
                id == null || isOthers
                        ? fresh(contact, Confidence.CERTAIN)
                        : new StableId(id.value(), Confidence.CERTAIN),
                realId);
    }

    private static @Nullable Contact holder(List<Contact> contacts, String realId, UserName but) {
        for (Contact contact : contacts) {
            if (contact.realId().equals(realId)
                    && (but.isEmpty() || !contact.userName().equals(but))) {
                return contact;
            }
        }
        return null;
    }

    /** The id it had by a hint is of somebody whose lasting id is another one: that one may come again. */
    private void giveBack(Contact contact, String realId) {
        if (!contact.realId().isEmpty() && !contact.realId().equals(realId)) {
            Contact bare = Contact.named(contact.userName()).withStableId(contact.stableId(), contact.realId());
            draft.absent(bare);
        }
    }

    private void correct(Contact contact, StableId id, String realId) {
        Contact now = contact.withStableId(id, realId);
        draft.put(now);
        StableId before = contact.stableId();
        if (silent || before == null || before.value().equals(id.value())) {
            return;
        }
        if (draft.isAdded(now.userName())) {
            return; // The id before was never told: the event that tells of them has this one.
        }
        Set<ContactField> changed = Set.of(ContactField.STABLE_ID);
        if (now.isRoom()) {
            draft.tell(head -> new ContactEvent.RoomUpdated(head, now.withoutMembers(), changed));
        } else if (now.isInAddressBook()) {
            draft.tell(head -> new ContactEvent.ContactUpdated(head, now, changed));
        }
    }
}
