package io.wxflux.internal.session;

import io.wxflux.internal.protocol.SearchContact;
import io.wxflux.internal.protocol.VerifyUser;
import io.wxflux.internal.protocol.VerifyUser.Opcode;
import io.wxflux.model.Concealed;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.PeopleMessage.Card;
import io.wxflux.model.PeopleMessage.FriendRequest;
import io.wxflux.model.PeopleMessage.PossibleFriend;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Friend requests, given and received. */
public final class FriendCalls {
    private final Commands commands;

    FriendCalls(Commands commands) {
        this.commands = commands;
    }

    /**
     * Whom a call is about. The name of this login is preferred: by it the person is found among the contacts later.
     *
     * @param handle stands for somebody without a name
     */
    private record Target(UserName userName, Concealed handle, Concealed ticket) {
        Concealed value() {
            if (userName.isEmpty() && handle.isEmpty()) {
                throw new IllegalArgumentException("the service gave neither a name nor a handle for this person");
            }
            return userName.isEmpty()
                    ? handle
                    : Concealed.of(GivenNames.person(userName).value());
        }
    }

    /** As {@link io.wxflux.Friends#request(UserName, String, String)}. */
    public Mono<Void> request(UserName person, String ticket, String hello) {
        return request(new Target(person, Concealed.NONE, Concealed.of(ticket)), hello);
    }

    public Mono<Void> request(FoundPerson person, String hello) {
        return request(found(person), hello);
    }

    public Mono<Void> request(Card card, String hello) {
        Card.Details details = card.details();
        return request(new Target(details.person().userName(), details.handle(), details.ticket()), hello);
    }

    public Mono<Void> request(PossibleFriend proposal, String hello) {
        PossibleFriend.Details details = proposal.details();
        return request(new Target(details.person().userName(), details.handle(), details.ticket()), hello);
    }

    private Mono<Void> request(Target target, String hello) {
        return verify(Operation.FRIEND_REQUEST, Opcode.REQUEST, target, hello);
    }

    public Mono<Void> accept(FriendRequest request) {
        Target target = target(request);
        return verify(Operation.FRIEND_ACCEPT, Opcode.ACCEPT, target, "").then(known(target));
    }

    public Mono<Void> reject(FriendRequest request) {
        return verify(Operation.FRIEND_ACCEPT, Opcode.REJECT, target(request), "");
    }

    public Mono<Void> follow(UserName official) {
        return follow(new Target(official, Concealed.NONE, Concealed.NONE));
    }

    public Mono<Void> follow(FoundPerson official) {
        return follow(found(official));
    }

    private Mono<Void> follow(Target target) {
        return verify(Operation.FRIEND_REQUEST, Opcode.ADD, target, "").then(known(target));
    }

    public Flux<FoundPerson> search(String keyword) {
        return Mono.defer(() -> {
                    if (keyword.isBlank()) {
                        throw new IllegalArgumentException("a search needs a keyword");
                    }
                    return commands.ask(
                            Operation.SEARCH,
                            signedIn -> SearchContact.search(signedIn, keyword).collectList());
                })
                .flatMapIterable(people -> people);
    }

    private Mono<Void> verify(Operation operation, Opcode opcode, Target target, String content) {
        return Mono.defer(() -> {
            Concealed value = target.value();
            return commands.change(
                    operation, signedIn -> VerifyUser.verify(signedIn, opcode, value, target.ticket(), content));
        });
    }

    /** Somebody new among the contacts. */
    private Mono<Void> known(Target target) {
        return target.userName().isEmpty()
                ? Mono.empty()
                : commands.read(target.userName()).then();
    }

    private static Target target(FriendRequest request) {
        FriendRequest.Details details = request.details();
        return new Target(details.person().userName(), details.handle(), details.ticket());
    }

    /** Searches are answered with handles; a name beside it is not known to work (PROTOCOL 12.4). */
    private static Target found(FoundPerson person) {
        return person.handle().isEmpty()
                ? new Target(person.userName(), Concealed.NONE, Concealed.NONE)
                : new Target(UserName.NONE, person.handle(), Concealed.NONE);
    }
}
