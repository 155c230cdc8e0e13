package io.wxflux.internal.wire;

import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact record as an answer has it: what it does not say is null. Five answers carry such records, each with other
 * fields, and some say "unknown" by an empty text or a zero (PROTOCOL 8.3).
 */
public final class ContactPatch {
    UserName userName;

    @Nullable
    String nickName;

    @Nullable
    String remarkName;

    @Nullable
    String alias;

    @Nullable
    String keyWord;

    @Nullable
    String pinyin;

    @Nullable
    Integer contactFlag;

    @Nullable
    Integer verifyFlag;

    @Nullable
    Integer sex;

    @Nullable
    String signature;

    @Nullable
    String province;

    @Nullable
    String city;

    @Nullable
    Long attrStatus;

    @Nullable
    Integer starFriend;

    @Nullable
    Integer statues;

    @Nullable
    String headImageUrl;

    @Nullable
    String encryChatRoomId;

    @Nullable
    String owner;

    @Nullable
    Integer isOwner;

    @Nullable
    Integer memberCount;

    @Nullable
    List<Contact.Member> members;

    ContactPatch(UserName userName) {
        this.userName = userName;
    }

    /** The account itself as init shows it, where it has no flags. */
    public static Contact self(UserName userName, String nickName, String headImageUrl) {
        var said = new ContactPatch(userName);
        said.nickName = nickName;
        said.headImageUrl = headImageUrl;
        said.contactFlag = 1;
        return said.onto(null);
    }

    /** What the account's owner noted: nothing but a remark. */
    public static ContactPatch ofRemark(UserName userName, String remark) {
        var said = new ContactPatch(userName);
        said.remarkName = remark;
        return said;
    }

    /** Nothing but the flag bits. */
    public static ContactPatch ofContactFlag(UserName userName, int contactFlag) {
        var said = new ContactPatch(userName);
        said.contactFlag = contactFlag;
        return said;
    }

    /** Nothing but a name, or a room's topic. */
    public static ContactPatch ofNickName(UserName userName, String nickName) {
        var said = new ContactPatch(userName);
        said.nickName = nickName;
        return said;
    }

    public UserName userName() {
        return userName;
    }

    public boolean hasContactFlag() {
        return contactFlag != null;
    }

    /** How many members a room has, as the record says; 0 when it does not. */
    public int memberCount() {
        return memberCount == null ? 0 : memberCount;
    }

    /** The members listed; null when the record does not list any, which says nothing about the room. */
    public @Nullable List<Contact.Member> members() {
        return members == null || members.isEmpty() ? null : members;
    }

    /** The record by itself. */
    public Contact contact() {
        Contact contact = onto(null);
        Contact.Room room = contact.room();
        return room == null || members == null ? contact : contact.withRoom(room.withMembers(members));
    }

    /**
     * The contact as it is with what this says. Members are left as they were: a list may be a part of them only, see {@link
     * #members()}.
     *
     * @param old null for somebody new
     */
    public Contact onto(@Nullable Contact old) {
        Contact base = old == null ? Contact.named(userName) : old;
        // Nobody is nameless; a room is, when its topic was never set.
        String nick = nickName == null || nickName.isEmpty() && !userName.isRoom() ? base.nickName() : nickName;
        return new Contact(
                base.userName(),
                base.stableId(),
                base.realId(),
                nick,
                said(remarkName, base.remarkName()),
                told(alias, base.alias()),
                told(keyWord, base.keyWord()),
                nick.equals(base.nickName()) ? told(pinyin, base.pinyin()) : said(pinyin, ""),
                said(contactFlag, base.contactFlag()),
                said(verifyFlag, base.verifyFlag()),
                told(sex, base.sex()),
                told(signature, base.signature()),
                told(province, base.province()),
                told(city, base.city()),
                attrStatus == null || attrStatus == 0 ? base.attrStatus() : attrStatus,
                starFriend == null ? base.starFriend() : starFriend != 0,
                said(statues, base.statues()),
                told(headImageUrl, base.headImageUrl()),
                room(base.room()));
    }

    private Contact.@Nullable Room room(Contact.@Nullable Room base) {
        if (base == null) {
            return null;
        }
        return new Contact.Room(
                told(encryChatRoomId, base.encryChatRoomId()),
                owner == null || owner.isEmpty() ? base.owner() : UserName.of(owner),
                isOwner == null ? base.isOwner() : isOwner != 0,
                told(memberCount, base.memberCount()),
                base.members());
    }

    /** Counts when it is there. */
    private static String said(@Nullable String value, String old) {
        return value == null ? old : value;
    }

    private static int said(@Nullable Integer value, int old) {
        return value == null ? old : value;
    }

    /** Counts when it says something: empty and 0 stand for "unknown". */
    private static String told(@Nullable String value, String old) {
        return value == null || value.isEmpty() ? old : value;
    }

    private static int told(@Nullable Integer value, int old) {
        return value == null || value == 0 ? old : value;
    }

    @Override
    public String toString() {
        return "ContactPatch[" + userName + "]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContactPatch patch && said().equals(patch.said());
    }

    @Override
    public int hashCode() {
        return said().hashCode();
    }

    private List<@Nullable Object> said() {
        return Arrays.asList(
                userName,
                nickName,
                remarkName,
                alias,
                keyWord,
                pinyin,
                contactFlag,
                verifyFlag,
                sex,
                signature,
                province,
                city,
                attrStatus,
                starFriend,
                statues,
                headImageUrl,
                encryChatRoomId,
                owner,
                isOwner,
                memberCount,
                members);
    }
}
