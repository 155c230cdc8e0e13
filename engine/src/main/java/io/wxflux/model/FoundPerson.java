package io.wxflux.model;

/**
 * Somebody a search found: a stranger or an official account.
 *
 * @param handle stands for them in a friend request
 * @param userName valid for this login; empty when the service only gives the handle
 * @param nickName decoded; empty when not told
 * @param verifyFlag bits of PROTOCOL 7.5
 */
public record FoundPerson(Concealed handle, UserName userName, String nickName, int verifyFlag) {
    /** PROTOCOL 7.5: bit 8 of VerifyFlag, whatever the others say. */
    public boolean isOfficialAccount() {
        return (verifyFlag & 8) != 0;
    }
}
