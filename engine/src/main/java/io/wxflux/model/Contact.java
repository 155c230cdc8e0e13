package io.wxflux.model;

import java.util.List;

/**
 * A contact as the server lists it: a friend, an official account, a built-in account or a room.
 *
 * @param userName valid for this login
 * @param nickName decoded; a room's topic; empty for rooms without one
 * @param remarkName decoded; empty when there is none
 * @param alias the visible id; mostly empty
 * @param contactFlag bits of PROTOCOL 7.4
 * @param verifyFlag bits of PROTOCOL 7.5
 * @param members of a room, as far as known; empty for people
 */
public record Contact(
        UserName userName,
        String nickName,
        String remarkName,
        String alias,
        int contactFlag,
        int verifyFlag,
        List<Member> members) {
    public Contact {
        members = List.copyOf(members);
    }

    public boolean isRoom() {
        return userName.isRoom();
    }

    /** PROTOCOL 7.5: bit 8 of VerifyFlag, whatever the others say. */
    public boolean isOfficialAccount() {
        return (verifyFlag & 8) != 0;
    }

    /** Somebody in a room; the card name is empty when there is none. */
    public record Member(UserName userName, String nickName, String displayName) {}
}
