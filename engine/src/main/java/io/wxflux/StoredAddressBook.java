package io.wxflux;

import io.wxflux.error.EngineStateException;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactQuestions;
import io.wxflux.internal.contacts.ContactReader;
import io.wxflux.internal.session.Session;
import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.ContactQuery;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The address book as the store has it. */
final class StoredAddressBook implements AddressBook {
    private final AccountId account;
    private final AccountContacts contacts;
    private final ContactReader reader;

    private final Supplier<Session> session;

    StoredAddressBook(AccountId account, AccountContacts contacts, Supplier<Session> session) {
        this.account = account;
        this.contacts = contacts;
        this.session = session;
        this.reader = contacts.reader();
    }

    @Override
    public Mono<Contact> find(UserName userName) {
        return Mono.defer(() -> contacts.isCurrent() ? reader.find(userName) : Mono.empty());
    }

    @Override
    public Flux<Contact> all() {
        return Flux.defer(() -> contacts.isCurrent() ? reader.all() : Flux.empty());
    }

    @Override
    public Flux<Contact> search(ContactQuery query) {
        return all().filter(query::fits);
    }

    @Override
    public Mono<Contact> byStableId(String stableId) {
        return all().filter(contact -> {
                    StableId id = contact.stableId();
                    return id != null && id.value().equals(stableId);
                })
                .next();
    }

    @Override
    public Mono<Contact> refresh(UserName userName) {
        return Mono.defer(() -> {
            ContactQuestions questions = contacts.questions();
            return questions == null
                    ? Mono.error(new EngineStateException("account " + account
                            + " is not signed in now: nobody can be asked. Wait for the event wx.account.ready"))
                    : questions.answer(RequestBodies.ContactQuery.of(userName)).then(find(userName));
        });
    }

    @Override
    public Mono<Void> remark(UserName userName, String remark) {
        return Mono.defer(() -> session.get().contactCalls().remark(userName, remark));
    }

    @Override
    public Mono<Void> pin(UserName userName, boolean pinned) {
        return Mono.defer(() -> session.get().contactCalls().pin(userName, pinned));
    }
}
