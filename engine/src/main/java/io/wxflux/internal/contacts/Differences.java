package io.wxflux.internal.contacts;

import io.wxflux.model.Contact;
import io.wxflux.model.ContactField;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In what two states of one contact differ, as far as anybody wants to know. Members are compared elsewhere. */
final class Differences {
    private static final Pattern SEQ = Pattern.compile("[?&]seq=(\\d+)");

    private Differences() {}

    static Set<ContactField> between(Contact old, Contact now) {
        Set<ContactField> changed = EnumSet.noneOf(ContactField.class);
        note(changed, ContactField.NICK_NAME, old.nickName(), now.nickName());
        note(changed, ContactField.REMARK_NAME, old.remarkName(), now.remarkName());
        note(changed, ContactField.ALIAS, old.alias(), now.alias());
        note(changed, ContactField.FLAGS, old.contactFlag(), now.contactFlag());
        note(changed, ContactField.FLAGS, old.starFriend(), now.starFriend());
        note(changed, ContactField.FLAGS, old.statues(), now.statues());
        note(changed, ContactField.VERIFY_FLAG, old.verifyFlag(), now.verifyFlag());
        note(changed, ContactField.SEX, old.sex(), now.sex());
        note(changed, ContactField.SIGNATURE, old.signature(), now.signature());
        note(changed, ContactField.PLACE, old.province(), now.province());
        note(changed, ContactField.PLACE, old.city(), now.city());
        note(changed, ContactField.PICTURE, picture(old), picture(now));
        Contact.Room before = old.room();
        Contact.Room room = now.room();
        if (before != null && room != null) {
            note(changed, ContactField.OWNER, before.owner(), room.owner());
            note(changed, ContactField.OWNED, before.isOwner(), room.isOwner());
            note(changed, ContactField.MEMBER_COUNT, before.memberCount(), room.memberCount());
        }
        return changed;
    }

    private static void note(Set<ContactField> changed, ContactField field, Object before, Object now) {
        if (!Objects.equals(before, now)) {
            changed.add(field);
        }
    }

    /** The number that changes with the picture; its path may differ from answer to answer. */
    static String picture(Contact contact) {
        Matcher seq = SEQ.matcher(contact.headImageUrl());
        return seq.find() ? seq.group(1) : contact.headImageUrl();
    }
}
