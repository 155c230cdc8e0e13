package io.wxflux;

import io.wxflux.model.FoundPerson;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.UserName;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Friend requests of an account, given and received. Thread-safe.
 *
 * <p>Nothing is accepted by itself. Whoever wants that writes it down:
 *
 * <pre>{@code
 * engine.handle("friends", event ->
 *         event instanceof MessageReceived received && received.message() instanceof PeopleMessage.FriendRequest request
 *                 ? engine.account(event.account().value()).friends().accept(request)
 *                 : Mono.empty());
 * }</pre>
 *
 * <p>In common to all methods. <b>Errors</b> {@link IllegalArgumentException} for names that cannot be meant,
 * {@link io.wxflux.error.RequestRefusedException} (1204: the person does not want it, is no stranger, or the request was
 * answered already), {@link io.wxflux.error.ThrottledException} (1205, or it rests after one: these calls are limited hardest of all),
 * {@link io.wxflux.error.SessionEndedException}, {@link io.wxflux.error.EngineStateException} while the account is not
 * signed in, {@link io.wxflux.error.HostUnreachableException} when it certainly did not go out,
 * {@link io.wxflux.error.OutcomeUnknownException} when the answer was lost: nothing is asked twice. None of
 * these ends the session. <b>Backpressure</b> a single value or what is asked for. <b>Cancellation</b> while the call
 * waits for its turn: nothing is sent; later it changes nothing. <b>Threads</b> an engine thread. All at the pace of
 * their {@link io.wxflux.options.Operation}.
 */
public interface Friends {
    /**
     * Asks somebody to become a friend (webwxverifyuser, opcode 2).
     *
     * <p>Completes when the service took the request; whether they agree is told later, by a change of the contacts.
     *
     * @param person a stranger of this login, such as a member of a room
     * @param ticket what came with their name; empty when nothing did
     * @param hello what they read with the request
     */
    Mono<Void> request(UserName person, String ticket, String hello);

    /** As {@link #request(UserName, String, String)}, for somebody that a search found. */
    Mono<Void> request(FoundPerson person, String hello);

    /** As {@link #request(UserName, String, String)}, for somebody whose card was received in this login. */
    Mono<Void> request(PeopleMessage.Card card, String hello);

    /** As {@link #request(UserName, String, String)}, for somebody the service proposed in this login. */
    Mono<Void> request(PeopleMessage.PossibleFriend proposal, String hello);

    /**
     * Accepts a friend request (opcode 3).
     *
     * <p>Completes when the service took the answer. The new friend is then among the contacts, or will be soon.
     *
     * @param request received in this login: its names and its ticket are worth nothing in the next one
     */
    Mono<Void> accept(PeopleMessage.FriendRequest request);

    /**
     * Turns a friend request down (opcode 4). The browser has no button for it; leaving a request alone does as well.
     *
     * <p>Completes when the service took the answer.
     *
     * @param request received in this login
     */
    Mono<Void> reject(PeopleMessage.FriendRequest request);

    /**
     * Follows an official account, which needs nobody's consent (opcode 1).
     *
     * <p>Completes when the service took the request.
     *
     * @param official an official account of this login
     */
    Mono<Void> follow(UserName official);

    /** As {@link #follow(UserName)}, for an official account that a search found. */
    Mono<Void> follow(FoundPerson official);

    /**
     * Looks for people and official accounts the account does not know (webwxsearchcontact).
     *
     * <p><b>Emits</b> who was found, in the service's order; nobody is no error. <b>Errors</b> as above.
     *
     * @param keyword usually the visible id or a phone number; not blank
     */
    Flux<FoundPerson> search(String keyword);
}
