package io.wxflux.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which contacts are wanted: those for which everything given fits. Texts fit when they are part of the name, whatever the
 * case; an empty text fits everything.
 *
 * @param nickName part of it
 * @param remarkName part of it
 * @param alias part of it
 * @param text part of any of the three, or of the nick name's pinyin
 * @param kinds one of these
 */
public record ContactQuery(String nickName, String remarkName, String alias, String text, Set<ContactKind> kinds) {
    public ContactQuery {
        kinds = Set.copyOf(kinds);
    }

    /** Everybody. */
    public static ContactQuery all() {
        return new ContactQuery("", "", "", "", EnumSet.allOf(ContactKind.class));
    }

    public static ContactQuery text(String part) {
        return new ContactQuery("", "", "", part, EnumSet.allOf(ContactKind.class));
    }

    public ContactQuery withNickName(String part) {
        return new ContactQuery(part, remarkName, alias, text, kinds);
    }

    public ContactQuery withRemarkName(String part) {
        return new ContactQuery(nickName, part, alias, text, kinds);
    }

    public ContactQuery withAlias(String part) {
        return new ContactQuery(nickName, remarkName, part, text, kinds);
    }

    public ContactQuery withKind(ContactKind first, ContactKind... more) {
        return new ContactQuery(nickName, remarkName, alias, text, EnumSet.of(first, more));
    }

    public boolean fits(Contact contact) {
        return kinds.contains(contact.kind())
                && isPart(nickName, contact.nickName())
                && isPart(remarkName, contact.remarkName())
                && isPart(alias, contact.alias())
                && (isPart(text, contact.nickName())
                        || isPart(text, contact.remarkName())
                        || isPart(text, contact.alias())
                        || isPart(text, contact.pinyin()));
    }

    private static boolean isPart(String part, String whole) {
        return part.isEmpty() || whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
