package io.wxflux.model;

/**
 * Somebody whom a message introduces. Texts are decoded and empty when not told.
 *
 * @param userName valid for this login; may be empty
 * @param alias the visible id; mostly empty
 * @param sex 1 male, 2 female, 0 not told
 * @param verifyFlag bits of PROTOCOL 7.5
 */
public record Person(
        UserName userName,
        String nickName,
        String alias,
        String province,
        String city,
        String signature,
        int sex,
        int verifyFlag) {
    /** PROTOCOL 7.5: bit 8 of VerifyFlag, whatever the others say. */
    public boolean isOfficialAccount() {
        return (verifyFlag & 8) != 0;
    }
}
