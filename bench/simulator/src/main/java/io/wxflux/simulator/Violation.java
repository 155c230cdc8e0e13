package io.wxflux.simulator;

/**
 * What a client did wrong, how often, and the first time in words (never with a key, ticket or cookie in it).
 *
 * @param kind the rule that was broken
 * @param account the account's name, empty when it could not be told
 * @param count how often
 * @param firstExample the first case
 */
public record Violation(Kind kind, String account, long count, String firstExample) {

    /** The rules a client is held to. */
    public enum Kind {
        /** Two of synccheck and webwxsync of one session were open at the same time. */
        OVERLAP,
        /** webwxsync showed an older key than before, without a restart. */
        KEY_WENT_BACK,
        /** A key acknowledged messages that were never served: they are lost. */
        SKIPPED,
        /** SyncCheckKey was given to webwxsync, or SyncKey to synccheck. */
        SWAPPED_KEY,
        /** A session was used on a host that is not of its family, or SNI and Host differ. */
        WRONG_HOST,
        /** A cookie of the session did not come. */
        MISSING_COOKIE,
        /** A cookie of another account or of an older login came. */
        FOREIGN_COOKIE,
        /** Uin, Sid, Skey or DeviceID of the BaseRequest is missing or wrong. */
        BAD_BASE_REQUEST,
        /** A query parameter is missing, wrong or did not increase. */
        BAD_QUERY,
        /** Polls that brought nothing followed each other too closely. */
        TOO_FAST,
        /** A part of an upload is missing, wrong or out of order. */
        BAD_UPLOAD,
        /** A message to be sent, or what it refers to, is not in the form of its call. */
        BAD_SEND,
        /** A call about friends, rooms, remarks or recalls is not in its form, or breaks a rule of it. */
        BAD_CALL,
        /** A path the simulator does not serve. */
        UNKNOWN_PATH
    }
}
