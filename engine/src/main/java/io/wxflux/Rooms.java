package io.wxflux;

import io.wxflux.model.CreatedRoom;
import io.wxflux.model.RoomChange;
import io.wxflux.model.UserName;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The rooms of an account: make, fill, empty, rename and leave them. Thread-safe.
 *
 * <p>The service permits all of this by account. Since 2018 it refuses much of it to web sessions, or takes the request
 * and does nothing (PROTOCOL 13): so the engine reads the room afterwards and says what it found.
 *
 * <p>In common to all methods. <b>Errors</b> {@link IllegalArgumentException} for names that cannot be meant,
 * {@link io.wxflux.error.RequestRefusedException} when the service refuses all of it (for a room that is not the
 * account's own: code 1), {@link io.wxflux.error.ThrottledException} (1205, or it rests after one),
 * {@link io.wxflux.error.SessionEndedException}, {@link io.wxflux.error.EngineStateException} while the account is not
 * signed in, {@link io.wxflux.error.HostUnreachableException} when it certainly did not go out,
 * {@link io.wxflux.error.OutcomeUnknownException} when the answer was lost: nothing is asked twice, because a
 * second room or invitation would be seen by people. None of these ends the session. <b>Backpressure</b> a single value.
 * <b>Cancellation</b> before the request went out, while it waits for its turn, may still send it; after that it changes
 * nothing. <b>Threads</b> an engine thread. Changes of one room happen one after the other, in the order of subscription,
 * and all of them at the pace of their {@link io.wxflux.options.Operation}.
 */
public interface Rooms {
    /**
     * Makes a room with this account as its owner. More people than a room takes without asking them
     * (InviteStartCount of webwxinit, usually 40, the account counted) are invited once it is there.
     *
     * <p><b>Emits</b> the room, with what became of each person: also when nobody could be added. <b>Errors</b> as above.
     *
     * @param members two or more people, without the account itself
     * @param topic plain text; empty for none
     */
    Mono<CreatedRoom> create(List<UserName> members, String topic);

    /**
     * Brings people into a room: adds them, or invites all of them if the room would then have InviteStartCount members
     * or more (webwxinit, usually 40).
     *
     * <p><b>Emits</b> what became of each person: also when nobody was added or invited. Long lists of invitations go
     * out in parts; when a part fails after another one succeeded, the outcomes say so. <b>Errors</b> as above.
     *
     * @param room of this login
     * @param people friends; others are usually refused
     */
    Mono<RoomChange> add(UserName room, List<UserName> people);

    /**
     * Removes members. Only the room's owner may.
     *
     * <p><b>Emits</b> what became of each member: also when nobody was removed. <b>Errors</b> as above.
     *
     * @param room of this login, owned by the account
     * @param people members of it
     */
    Mono<RoomChange> remove(UserName room, List<UserName> people);

    /**
     * Gives a room another name.
     *
     * <p>Completes when the service said yes. <b>Errors</b> as above, {@link io.wxflux.error.RequestRefusedException}
     * also when the service said yes and the room, read afterwards, still has its old name.
     *
     * @param room of this login
     * @param topic plain text, not empty: the service takes no name away
     */
    Mono<Void> rename(UserName room, String topic);

    /**
     * Leaves a room; the others stay in it.
     *
     * <p>Completes when the service said yes. The room is then no longer among the contacts. <b>Errors</b> as above.
     *
     * @param room of this login
     */
    Mono<Void> quit(UserName room);
}
