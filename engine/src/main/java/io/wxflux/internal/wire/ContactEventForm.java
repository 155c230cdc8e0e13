package io.wxflux.internal.wire;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.EventHead;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import io.wxflux.model.Party;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Journal entries of changes among the contacts, by their numbers on disk. */
final class ContactEventForm {
    private static final byte CONTACT_ADDED = 10;
    private static final byte CONTACT_UPDATED = 11;
    private static final byte CONTACT_REMOVED = 12;
    private static final byte ROOM_ADDED = 13;
    private static final byte ROOM_UPDATED = 14;
    private static final byte ROOM_REMOVED = 15;
    private static final byte MEMBER_JOINED = 16;
    private static final byte MEMBER_LEFT = 17;
    private static final byte ROOM_RENAMED = 18;
    private static final byte PROFILE_UPDATED = 19;

    private ContactEventForm() {}

    static byte number(ContactEvent event) {
        if (event instanceof ContactEvent.ContactAdded) {
            return CONTACT_ADDED;
        } else if (event instanceof ContactEvent.ContactUpdated) {
            return CONTACT_UPDATED;
        } else if (event instanceof ContactEvent.ContactRemoved) {
            return CONTACT_REMOVED;
        } else if (event instanceof ContactEvent.RoomAdded) {
            return ROOM_ADDED;
        } else if (event instanceof ContactEvent.RoomUpdated) {
            return ROOM_UPDATED;
        } else if (event instanceof ContactEvent.RoomRemoved) {
            return ROOM_REMOVED;
        } else if (event instanceof ContactEvent.MemberJoined) {
            return MEMBER_JOINED;
        } else if (event instanceof ContactEvent.MemberLeft) {
            return MEMBER_LEFT;
        }
        return event instanceof ContactEvent.RoomRenamed ? ROOM_RENAMED : PROFILE_UPDATED;
    }

    static byte[] write(ContactEvent event) {
        PackedWriter out = ContactForm.start();
        if (event instanceof ContactEvent.ContactAdded added) {
            ContactForm.write(out, added.contact());
        } else if (event instanceof ContactEvent.ContactUpdated updated) {
            ContactForm.write(out, updated.contact());
            changed(out, updated.changed());
        } else if (event instanceof ContactEvent.ContactRemoved removed) {
            ContactForm.write(out, removed.contact());
        } else if (event instanceof ContactEvent.RoomAdded added) {
            ContactForm.write(out, added.room());
        } else if (event instanceof ContactEvent.RoomUpdated updated) {
            ContactForm.write(out, updated.room());
            changed(out, updated.changed());
        } else if (event instanceof ContactEvent.RoomRemoved removed) {
            ContactForm.write(out, removed.room());
        } else if (event instanceof ContactEvent.MemberJoined joined) {
            ContactForm.write(out, joined.room());
            ContactForm.write(out, joined.member());
        } else if (event instanceof ContactEvent.MemberLeft left) {
            ContactForm.write(out, left.room());
            ContactForm.write(out, left.member());
        } else if (event instanceof ContactEvent.RoomRenamed renamed) {
            ContactForm.write(out, renamed.room());
            out.text(renamed.before()).text(renamed.now());
        } else if (event instanceof ContactEvent.ProfileUpdated updated) {
            ContactForm.write(out, updated.self());
            changed(out, updated.changed());
        }
        return out.toByteArray();
    }

    static JournalEntry.OfEvent read(byte form, Instant time, byte[] bytes) {
        var in = new PackedReader("a journal record", bytes);
        ContactForm.version(in);
        JournalEntry.OfEvent entry = switch (form) {
            case CONTACT_ADDED -> contact("contact-added", time, in, ContactEvent.ContactAdded::new);
            case CONTACT_UPDATED -> {
                Contact contact = ContactForm.contact(in);
                Set<ContactField> changed = changed(in);
                yield entry("contact-updated", time, head -> new ContactEvent.ContactUpdated(head, contact, changed));
            }
            case CONTACT_REMOVED -> contact("contact-removed", time, in, ContactEvent.ContactRemoved::new);
            case ROOM_ADDED -> contact("room-added", time, in, ContactEvent.RoomAdded::new);
            case ROOM_UPDATED -> {
                Contact room = ContactForm.contact(in);
                Set<ContactField> changed = changed(in);
                yield entry("room-updated", time, head -> new ContactEvent.RoomUpdated(head, room, changed));
            }
            case ROOM_REMOVED -> contact("room-removed", time, in, ContactEvent.RoomRemoved::new);
            case MEMBER_JOINED -> {
                Party room = ContactForm.party(in);
                Party member = ContactForm.party(in);
                yield entry("member-joined", time, head -> new ContactEvent.MemberJoined(head, room, member));
            }
            case MEMBER_LEFT -> {
                Party room = ContactForm.party(in);
                Party member = ContactForm.party(in);
                yield entry("member-left", time, head -> new ContactEvent.MemberLeft(head, room, member));
            }
            case ROOM_RENAMED -> {
                Party room = ContactForm.party(in);
                String before = in.text();
                String now = in.text();
                yield entry("room-renamed", time, head -> new ContactEvent.RoomRenamed(head, room, before, now));
            }
            case PROFILE_UPDATED -> {
                Contact self = ContactForm.contact(in);
                Set<ContactField> changed = changed(in);
                yield entry("profile-updated", time, head -> new ContactEvent.ProfileUpdated(head, self, changed));
            }
            default -> throw EntryReader.damaged();
        };
        in.end();
        return entry;
    }

    private static JournalEntry.OfEvent contact(
            String suffix, Instant time, PackedReader in, BiFunction<EventHead, Contact, AccountEvent> form) {
        Contact contact = ContactForm.contact(in);
        return entry(suffix, time, head -> form.apply(head, contact));
    }

    private static JournalEntry.OfEvent entry(String suffix, Instant time, Function<EventHead, AccountEvent> form) {
        return new JournalEntry.OfEvent(suffix, time, form);
    }

    private static void changed(PackedWriter out, Set<ContactField> fields) {
        out.number(fields.size());
        fields.stream().sorted().forEach(field -> out.text(field.word()));
    }

    /** A field of a newer program is left out: its event is still worth having. */
    private static Set<ContactField> changed(PackedReader in) {
        Set<ContactField> fields = EnumSet.noneOf(ContactField.class);
        for (int left = in.count(); left > 0; left--) {
            String word = in.text();
            for (ContactField field : ContactField.values()) {
                if (field.word().equals(word)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
