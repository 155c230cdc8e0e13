package io.wxflux;

import io.wxflux.model.Contact;
import io.wxflux.model.ContactQuery;
import io.wxflux.model.UserName;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The contacts of one account as last read: friends, official accounts, built-in accounts, rooms with their members, and
 * strangers met in rooms. Read from the store piece by piece, so that no account holds all of them in memory; empty before
 * the account was ready in this login.
 *
 * <p>Common to all methods: <b>Errors</b> {@link io.wxflux.error.StoreUnavailableException} and what else the shard fails
 * with. <b>Cancellation</b> ends the reading. <b>Threads</b> an engine thread, or the caller's own when nothing has to be
 * waited for.
 */
public interface AddressBook {
    /** <b>Emits</b> the contact of that name, a room with its members; nothing when there is none. */
    Mono<Contact> find(UserName userName);

    /**
     * <b>Emits</b> everybody, people first, then rooms. What changes meanwhile is there as before or as after.
     * <b>Backpressure</b> is honoured: the next piece is read when the last was taken.
     */
    Flux<Contact> all();

    /** <b>Emits</b> those that fit, in the order of {@link #all()}. <b>Backpressure</b> is honoured. */
    Flux<Contact> search(ContactQuery query);

    /**
     * <b>Emits</b> who has the {@linkplain io.wxflux.model.StableId#value() stable id} in this login; nothing when nobody
     * has.
     */
    Mono<Contact> byStableId(String stableId);

    /**
     * Asks the service for the contact as it is now; what differs is announced as an event. Requests of all callers are
     * collected for 200 ms and asked as one.
     *
     * <p><b>Emits</b> the contact as it then stands in the address book; nothing when the service knows nobody of that
     * name. <b>Errors</b> {@link io.wxflux.error.EngineStateException} while the account is not signed in. <b>Cancellation</b>
     * does not take the question back.
     */
    Mono<Contact> refresh(UserName userName);

    /**
     * Gives a person another name, which only this account sees (webwxoplog).
     *
     * <p>Completes when the service took it; the contact has the remark from then on. <b>Errors</b>
     * {@link IllegalArgumentException} for rooms, {@link io.wxflux.error.RequestRefusedException},
     * {@link io.wxflux.error.ThrottledException} (1205: comes quickly), {@link io.wxflux.error.SessionEndedException},
     * {@link io.wxflux.error.EngineStateException} while the account is not signed in,
     * {@link io.wxflux.error.HostUnreachableException} when it certainly did not go out,
     * {@link io.wxflux.error.OutcomeUnknownException} when the answer was lost; the same may be asked again without harm.
     * <b>Cancellation</b> does not stop one that has begun. <b>Threads</b> an engine thread. Remarks and pins of an
     * account happen one after the other, at the pace of {@link io.wxflux.options.Operation#REMARK}.
     *
     * @param userName of this login
     * @param remark plain text; empty takes the remark away
     */
    Mono<Void> remark(UserName userName, String remark);

    /**
     * Puts a chat on top of the phone's list or takes it down from there. Its remark stays as it is.
     *
     * <p>Completes when the service took it. <b>Errors</b> as {@link #remark};
     * {@link io.wxflux.error.RequestRefusedException} also when the current remark is not known and cannot be read,
     * because the service wipes it with a pin that leaves it out. Then nothing was sent. <b>Cancellation</b> and
     * <b>threads</b> as {@link #remark}.
     *
     * @param userName a person or room of this login
     * @param pinned false takes it down
     */
    Mono<Void> pin(UserName userName, boolean pinned);
}
