package io.wxflux.internal.contacts;

import io.wxflux.internal.wire.ContactForm;
import io.wxflux.internal.wire.LoginForm;
import io.wxflux.model.Contact;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One document of the contacts, decoded and never changed. */
sealed interface Piece {
    /** What it takes of the heap, as far as can be estimated. */
    int bytes();

    /** As stored; null when the document is not there. */
    byte @Nullable [] encoded();

    /** Everybody but rooms whose names fall into one bucket. */
    record People(Map<UserName, Contact> byName, int bytes) implements Piece {
        static final People NONE = new People(Map.of(), EMPTY);

        static People of(Collection<Contact> contacts) {
            if (contacts.isEmpty()) {
                return NONE;
            }
            Map<UserName, Contact> byName = new LinkedHashMap<>(contacts.size() * 2);
            contacts.forEach(contact -> byName.put(contact.userName(), contact));
            return new People(Collections.unmodifiableMap(byName), weigh(contacts));
        }

        static People decode(byte @Nullable [] document) {
            return document == null ? NONE : of(ContactForm.decode(document));
        }

        @Override
        public byte @Nullable [] encoded() {
            return byName.isEmpty() ? null : ContactForm.encode(byName.values());
        }
    }

    /**
     * One room with its members.
     *
     * @param contact null when it is not known
     */
    record Room(@Nullable Contact contact, Map<UserName, Contact.Member> members, int bytes) implements Piece {
        static final Room NONE = new Room(null, Map.of(), EMPTY);

        static Room of(@Nullable Contact contact) {
            if (contact == null) {
                return NONE;
            }
            Map<UserName, Contact.Member> members =
                    new LinkedHashMap<>(contact.members().size() * 2);
            contact.members().forEach(member -> members.put(member.userName(), member));
            return new Room(contact, Collections.unmodifiableMap(members), weigh(List.of(contact)));
        }

        static Room decode(byte @Nullable [] document) {
            return document == null ? NONE : of(ContactForm.decode(document).get(0));
        }

        @Override
        public byte @Nullable [] encoded() {
            return contact == null ? null : ContactForm.encode(List.of(contact));
        }
    }

    /** Who was known in earlier logins and is not in this one, as far as their ids fall into one bucket. */
    record Absent(Map<String, Contact> byId, int bytes) implements Piece {
        static final Absent NONE = new Absent(Map.of(), EMPTY);

        static Absent of(Collection<Contact> contacts) {
            if (contacts.isEmpty()) {
                return NONE;
            }
            Map<String, Contact> byId = new LinkedHashMap<>(contacts.size() * 2);
            for (Contact contact : contacts) {
                StableId id = contact.stableId();
                if (id != null) {
                    byId.put(id.value(), contact);
                }
            }
            return new Absent(Collections.unmodifiableMap(byId), weigh(contacts));
        }

        static Absent decode(byte @Nullable [] document) {
            return document == null ? NONE : of(ContactForm.decode(document));
        }

        @Override
        public byte @Nullable [] encoded() {
            return byId.isEmpty() ? null : ContactForm.encode(byId.values());
        }
    }

    /** Whose login the snapshot is of; {@link LoginForm#NONE} when there is none. */
    record Login(LoginForm form, int bytes) implements Piece {
        static Login of(LoginForm form) {
            return new Login(form, EMPTY + weigh(List.of(form.self())));
        }

        static Login decode(byte @Nullable [] document) {
            return of(document == null ? LoginForm.NONE : LoginForm.decode(document));
        }

        @Override
        public byte @Nullable [] encoded() {
            return form.encoded();
        }
    }

    /** A map entry and a key in the cache, and so on. */
    int EMPTY = 256;

    private static int weigh(Collection<Contact> contacts) {
        long sum = EMPTY;
        for (Contact contact : contacts) {
            sum += 320 + weigh(contact.userName().value());
            sum += weigh(contact.realId()) + weigh(contact.nickName()) + weigh(contact.remarkName());
            sum += weigh(contact.alias()) + weigh(contact.keyWord()) + weigh(contact.pinyin());
            sum += weigh(contact.signature()) + weigh(contact.province()) + weigh(contact.city());
            sum += weigh(contact.headImageUrl()) + (contact.stableId() == null ? 0 : 80);
            for (Contact.Member member : contact.members()) {
                sum += 120 + weigh(member.userName().value());
                sum += weigh(member.nickName()) + weigh(member.displayName());
            }
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    /** The empty string is one for all. */
    private static int weigh(String text) {
        return text.isEmpty() ? 0 : 56 + text.length() * 2;
    }
}
