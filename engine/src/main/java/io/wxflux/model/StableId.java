package io.wxflux.model;

/**
 * An id of a person or room that stays the same over logins, unlike the {@link UserName}. wxflux makes it up; it means
 * something within one account only.
 *
 * @param value {@code p-...} for people and official accounts, {@code r-...} for rooms, {@code u-<uin>} for the account
 *     itself, {@code b-<name>} for built-in accounts
 * @param confidence how sure it is that this is the one who had the id in earlier logins
 */
public record StableId(String value, Confidence confidence) {
    public StableId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a stable id is not empty");
        }
    }

    /** By what somebody was recognised, from weak to strong. */
    public enum Confidence {
        /** Nobody known before fits: the id begins with this login. A later proof may replace it by an older id. */
        NEW,
        /** By the picture's number, the service's attribute bits, or nick name, sex, province and city, each unique. */
        POSSIBLE,
        /** By a remark or alias that only one has. */
        LIKELY,
        /** By an id of the service that never changes. */
        CERTAIN
    }

    @Override
    public String toString() {
        return value;
    }
}
