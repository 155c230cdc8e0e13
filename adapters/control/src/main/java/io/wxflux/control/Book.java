package io.wxflux.control;

import io.wxflux.Account;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is asked of an account's contacts here. */
final class Book {
    private Book() {}

    static Flux<Contact> all(Account account) {
        return account.contacts().all();
    }

    /** <b>Errors</b> {@link Problem} when it is not there. */
    static Mono<Contact> find(Account account, UserName userName) {
        return account.contacts()
                .find(userName)
                .switchIfEmpty(Mono.error(() -> Problem.of(
                        404,
                        "nobody-found",
                        userName + " is not among the contacts",
                        "UserNames hold for one login only: look it up again")));
    }

    static Mono<Contact> byStableId(Account account, String id) {
        return account.contacts().byStableId(id);
    }
}
