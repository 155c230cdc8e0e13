package io.wxflux;

import io.wxflux.internal.session.FriendCalls;
import io.wxflux.internal.session.Session;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.UserName;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Friend requests in whichever session is open when somebody subscribes. */
final class SessionFriends implements Friends {
    private final Supplier<Session> session;

    SessionFriends(Supplier<Session> session) {
        this.session = session;
    }

    private FriendCalls calls() {
        return session.get().friends();
    }

    @Override
    public Mono<Void> request(UserName person, String ticket, String hello) {
        return Mono.defer(() -> calls().request(person, ticket, hello));
    }

    @Override
    public Mono<Void> request(FoundPerson person, String hello) {
        return Mono.defer(() -> calls().request(person, hello));
    }

    @Override
    public Mono<Void> request(PeopleMessage.Card card, String hello) {
        return Mono.defer(() -> calls().request(card, hello));
    }

    @Override
    public Mono<Void> request(PeopleMessage.PossibleFriend proposal, String hello) {
        return Mono.defer(() -> calls().request(proposal, hello));
    }

    @Override
    public Mono<Void> accept(PeopleMessage.FriendRequest request) {
        return Mono.defer(() -> calls().accept(request));
    }

    @Override
    public Mono<Void> reject(PeopleMessage.FriendRequest request) {
        return Mono.defer(() -> calls().reject(request));
    }

    @Override
    public Mono<Void> follow(UserName official) {
        return Mono.defer(() -> calls().follow(official));
    }

    @Override
    public Mono<Void> follow(FoundPerson official) {
        return Mono.defer(() -> calls().follow(official));
    }

    @Override
    public Flux<FoundPerson> search(String keyword) {
        return Flux.defer(() -> calls().search(keyword));
    }
}
