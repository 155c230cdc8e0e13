package io.wxflux.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact: a friend, an official account, a built-in account, a room, or a stranger met in one. Texts are decoded and
 * empty where the service tells nothing; flags are the service's bits.
 *
 * @param userName valid for this login
 * @param stableId the same in every login; null while it is not settled
 * @param realId the service's own lasting id ({@code wxid_...}, {@code gh_...}, {@code ...@chatroom}), where something
 *     told it; as sure as the {@code stableId}; empty when not known
 * @param nickName a room's topic; empty for rooms without one
 * @param remarkName the name the account's owner gave; empty when there is none
 * @param alias the visible id; mostly empty
 * @param keyWord the first letters of the lasting id
 * @param pinyin of the nick name
 * @param contactFlag bits of PROTOCOL 7.4
 * @param verifyFlag bits of PROTOCOL 7.5
 * @param sex 1 male, 2 female, 0 not told
 * @param attrStatus bits that the service does not explain
 * @param statues of a room, 1 notifies and 0 is muted
 * @param headImageUrl a path on the api host, without the key that a request needs
 * @param room what only rooms have; null for everybody else
 */
public record Contact(
        UserName userName,
        @Nullable StableId stableId,
        String realId,
        String nickName,
        String remarkName,
        String alias,
        String keyWord,
        String pinyin,
        int contactFlag,
        int verifyFlag,
        int sex,
        String signature,
        String province,
        String city,
        long attrStatus,
        boolean starFriend,
        int statues,
        String headImageUrl,
        @Nullable Room room) {
    private static final int FRIEND = 1;
    private static final int SAVED = 4;
    private static final int BLACKLISTED = 8;
    private static final int STARRED = 64;
    private static final int MUTED = 512;
    private static final int PINNED = 2048;
    private static final int OFFICIAL_ACCOUNT = 8;

    /** Nothing but a name. */
    public static Contact named(UserName userName) {
        Room room = userName.isRoom() ? Room.UNKNOWN : null;
        return new Contact(
                userName, null, "", "", "", "", "", "", 0, 0, 0, "", "", "", 0, false, room == null ? 0 : 1, "", room);
    }

    public ContactKind kind() {
        if (isRoom()) {
            return ContactKind.ROOM;
        }
        if (isBuiltIn(userName)) {
            return ContactKind.BUILT_IN;
        }
        if (isOfficialAccount()) {
            return ContactKind.OFFICIAL;
        }
        return (contactFlag & FRIEND) != 0 ? ContactKind.PERSON : ContactKind.STRANGER;
    }

    private static boolean isBuiltIn(UserName name) {
        return !name.isEmpty() && name.value().charAt(0) != '@';
    }

    public boolean isRoom() {
        return room != null;
    }

    /** PROTOCOL 7.5: bit 8 of VerifyFlag, whatever the others say. */
    public boolean isOfficialAccount() {
        return (verifyFlag & OFFICIAL_ACCOUNT) != 0;
    }

    /** In the address book: a friend, a followed official account, a built-in account, or a room saved there. */
    public boolean isInAddressBook() {
        return room == null ? (contactFlag & FRIEND) != 0 || isBuiltIn(userName) : (contactFlag & SAVED) != 0;
    }

    public boolean isBlacklisted() {
        return (contactFlag & BLACKLISTED) != 0;
    }

    public boolean isStarred() {
        return starFriend || (contactFlag & STARRED) != 0;
    }

    /** Whether the phone stays silent. */
    public boolean isMuted() {
        return (contactFlag & MUTED) != 0 || room != null && statues == 0;
    }

    public boolean isPinned() {
        return (contactFlag & PINNED) != 0;
    }

    /** Of a room, as far as known; empty for everybody else. */
    public List<Member> members() {
        return room == null ? List.of() : room.members();
    }

    /** Of a room; may be more than there are {@link #members()}. */
    public int memberCount() {
        return room == null ? 0 : room.memberCount();
    }

    public Contact withStableId(@Nullable StableId id, String lastingId) {
        return new Contact(
                userName,
                id,
                lastingId,
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
                room);
    }

    public Contact withNickName(String name) {
        return new Contact(
                userName,
                stableId,
                realId,
                name,
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
                room);
    }

    public Contact withContactFlag(int flag) {
        return new Contact(
                userName,
                stableId,
                realId,
                nickName,
                remarkName,
                alias,
                keyWord,
                pinyin,
                flag,
                verifyFlag,
                sex,
                signature,
                province,
                city,
                attrStatus,
                starFriend,
                statues,
                headImageUrl,
                room);
    }

    public Contact withRoom(@Nullable Room details) {
        return new Contact(
                userName,
                stableId,
                realId,
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
                details);
    }

    /** As events carry it: rooms have up to thousands of members. */
    public Contact withoutMembers() {
        return room == null || room.members().isEmpty() ? this : withRoom(room.withMembers(List.of()));
    }

    public Party party() {
        return new Party(userName, orNull(nickName), orNull(remarkName), null, stableId);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Names stay out of logs. */
    @Override
    public String toString() {
        return "Contact[" + userName + ", " + kind() + "]";
    }

    /** Somebody in a room; the card name is empty when there is none. */
    public record Member(UserName userName, String nickName, String displayName) {}

    /**
     * What only rooms have.
     *
     * @param encryChatRoomId the service's handle of the room, for pictures of its members
     * @param owner {@link UserName#NONE} when not told
     * @param isOwner this account owns it
     * @param memberCount as the service says, even when it lists fewer
     * @param members as far as known
     */
    public record Room(String encryChatRoomId, UserName owner, boolean isOwner, int memberCount, List<Member> members) {
        public static final Room UNKNOWN = new Room("", UserName.NONE, false, 0, List.of());

        public Room {
            members = List.copyOf(members);
        }

        public Room withMembers(List<Member> all) {
            return new Room(encryChatRoomId, owner, isOwner, memberCount, all);
        }
    }
}
