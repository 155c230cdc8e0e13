package io.wxflux.model;

import org.jspecify.annotations.Nullable;

/**
 * A person or room as named in an event. Names are joined at delivery from what is known then: on a redelivery they may
 * differ, the {@code userName} does not.
 *
 * @param userName as in the message
 * @param nickName the name they gave themselves, or the room's topic; null when not known
 * @param remarkName the name the account's owner gave them; null when there is none
 * @param displayName their card name in the room; null when there is none
 * @param stableId the same in every login; null for whom no contact is known
 */
public record Party(
        UserName userName,
        @Nullable String nickName,
        @Nullable String remarkName,
        @Nullable String displayName,
        @Nullable StableId stableId) {
    /** Without a stable id. */
    public Party(
            UserName userName, @Nullable String nickName, @Nullable String remarkName, @Nullable String displayName) {
        this(userName, nickName, remarkName, displayName, null);
    }

    public static Party unknown(UserName userName) {
        return new Party(userName, null, null, null, null);
    }
}
