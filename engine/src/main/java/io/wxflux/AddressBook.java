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
}
