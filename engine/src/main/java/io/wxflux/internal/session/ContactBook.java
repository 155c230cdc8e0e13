package io.wxflux.internal.session;

import io.wxflux.model.Contact;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The contacts of one account as far as they are known in this login. Thread-safe. */
public final class ContactBook {
    private final Map<UserName, Contact> known = new ConcurrentHashMap<>();

    public void clear() {
        known.clear();
    }

    /** A record may leave fields out: what it does not say stays as it was (PROTOCOL 8.3). */
    public void merge(Contact news) {
        known.merge(news.userName(), news, ContactBook::merged);
    }

    public void remove(UserName userName) {
        known.remove(userName);
    }

    @Nullable
    Contact find(UserName userName) {
        return known.get(userName);
    }

    public List<Contact> all() {
        return List.copyOf(known.values());
    }

    public List<UserName> rooms() {
        return known.keySet().stream().filter(UserName::isRoom).toList();
    }

    public long peopleCount() {
        return known.keySet().stream().filter(name -> !name.isRoom()).count();
    }

    /** The names of somebody; of a member, in the room they speak in. */
    public Party party(UserName userName, @Nullable UserName room) {
        Contact contact = known.get(userName);
        Contact.Member member = member(userName, room);
        String nickName = contact != null ? contact.nickName() : member != null ? member.nickName() : "";
        return new Party(
                userName,
                orNull(nickName),
                orNull(contact == null ? "" : contact.remarkName()),
                orNull(member == null ? "" : member.displayName()));
    }

    private Contact.@Nullable Member member(UserName userName, @Nullable UserName room) {
        Contact inRoom = room == null ? null : known.get(room);
        if (inRoom == null) {
            return null;
        }
        for (Contact.Member member : inRoom.members()) {
            if (member.userName().equals(userName)) {
                return member;
            }
        }
        return null;
    }

    private static Contact merged(Contact old, Contact news) {
        return new Contact(
                news.userName(),
                news.nickName().isEmpty() ? old.nickName() : news.nickName(),
                news.remarkName(),
                news.alias().isEmpty() ? old.alias() : news.alias(),
                news.contactFlag(),
                news.verifyFlag(),
                news.members().isEmpty() ? old.members() : news.members());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
