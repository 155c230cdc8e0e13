package io.wxflux.model;

/**
 * What became of one person of a change to a room.
 *
 * @param userName who
 * @param result what happened, as far as the service tells
 * @param reason in plain words; empty when the result says it all
 */
public record MemberOutcome(UserName userName, Result result, String reason) {
    /** What may happen to a person when a room is made or changed. */
    public enum Result {
        /** Is in the room now. */
        ADDED,
        /** Was sent an invitation, and joins by opening it. */
        INVITED,
        /** Is out of the room now. */
        REMOVED,
        /** Not added: has deleted this account from their friends (MemberStatus 4, PROTOCOL 13). */
        DELETED_US,
        /** Not added: has blocked this account (MemberStatus 3, PROTOCOL 13). */
        BLOCKED_US,
        /** The service took the request and did not do it, or refused this part of it. */
        REFUSED,
        /** Not tried, because a part before it failed. */
        NOT_ASKED,
        /** The service took the request, or its answer was lost, and whether it was done could not be read. */
        UNKNOWN;

        /** Whether it is known that what was asked for was done. */
        public boolean isDone() {
            return this == ADDED || this == INVITED || this == REMOVED;
        }
    }

    public static MemberOutcome of(UserName userName, Result result) {
        return new MemberOutcome(userName, result, "");
    }

    public boolean isDone() {
        return result.isDone();
    }
}
