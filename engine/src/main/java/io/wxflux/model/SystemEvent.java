package io.wxflux.model;

import java.util.List;

/**
 * What a system notice means. Notices are texts made for people, in the language of the session (Chinese and English are
 * read); names in them are what the reader's phone shows: a remark, a card name or a nick name.
 *
 * <p>Somebody who leaves a room by themselves causes no notice.
 */
public sealed interface SystemEvent {
    /** People came into the room. */
    record MembersJoined(Named by, List<Named> members, How how) implements SystemEvent {
        public MembersJoined {
            members = List.copyOf(members);
        }

        /** The way they came. */
        public enum How {
            INVITE,
            QR_CODE
        }
    }

    /** People were removed from the room; this account may be among them. */
    record MembersRemoved(Named by, List<Named> members) implements SystemEvent {
        public MembersRemoved {
            members = List.copyOf(members);
        }
    }

    /** The room has a new name. */
    record RoomRenamed(Named by, String name) implements SystemEvent {}

    /** The room has a new owner. */
    record OwnerChanged(Named owner) implements SystemEvent {}

    /** Somebody is a friend now; {@link Named#NOBODY} if the notice does not say who. */
    record FriendConfirmed(Named friend) implements SystemEvent {}

    /** Somebody is not a friend any more: they ask for a friend request before messages. */
    record FriendLost(Named friend) implements SystemEvent {}

    /** The other side does not want messages of this account. */
    record MessageRejected() implements SystemEvent {}

    /** Money as a gift, which only a phone can open. */
    record RedPacketNotice() implements SystemEvent {}

    /** Somebody collects money in the room. */
    record GroupBill() implements SystemEvent {}

    /** Nobody shares where they are any more. */
    record LiveLocationEnded() implements SystemEvent {}

    /** The service warns of strangers. */
    record StrangerWarning() implements SystemEvent {}

    /**
     * Somebody as a notice names them.
     *
     * @param name empty for this account itself
     * @param self this account
     * @param realId the lasting id, where the notice was a template; empty otherwise
     */
    record Named(String name, boolean self, String realId) {
        public static final Named SELF = new Named("", true, "");
        public static final Named NOBODY = new Named("", false, "");

        public static Named of(String name) {
            return new Named(name, false, "");
        }
    }
}
