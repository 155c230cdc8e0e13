package io.wxflux.model;

/** What of a contact can change. */
public enum ContactField {
    NICK_NAME("nickName"),
    REMARK_NAME("remarkName"),
    ALIAS("alias"),
    /** Friend, starred, muted, pinned, blacklisted and the like. */
    FLAGS("flags"),
    VERIFY_FLAG("verifyFlag"),
    SEX("sex"),
    SIGNATURE("signature"),
    PLACE("place"),
    PICTURE("picture"),
    /** Who owns the room, by name. */
    OWNER("owner"),
    /** Whether this account owns the room: some answers tell only that. */
    OWNED("owned"),
    /** How many are in the room. */
    MEMBER_COUNT("memberCount"),
    /** Who this is over logins: a stronger proof corrected a weaker one. */
    STABLE_ID("stableId");

    private final String word;

    ContactField(String word) {
        this.word = word;
    }

    /** As it stands in events. */
    public String word() {
        return word;
    }
}
