package io.wxflux.internal.contacts;

import io.wxflux.model.Contact;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import org.jspecify.annotations.Nullable;

/** What people are called in an event. */
final class PartyNames {
    private PartyNames() {}

    /**
     * The names of somebody.
     *
     * @param contact null when they are none
     * @param member null outside rooms, and when they are not known there
     */
    static Party party(UserName name, @Nullable Contact contact, Contact.@Nullable Member member) {
        String nickName = contact != null && !contact.nickName().isEmpty()
                ? contact.nickName()
                : member != null ? member.nickName() : "";
        return new Party(
                name,
                orNull(nickName),
                orNull(contact == null ? "" : contact.remarkName()),
                orNull(member == null ? "" : member.displayName()),
                contact == null ? null : contact.stableId());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
