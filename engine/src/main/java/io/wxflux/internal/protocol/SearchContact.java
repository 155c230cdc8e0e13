package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.internal.wire.SearchBody;
import io.wxflux.model.FoundPerson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PROTOCOL 12.4: webwxsearchcontact. */
public final class SearchContact {
    private SearchContact() {}

    /** <b>Emits</b> whom the service knows by the word, in its order. */
    public static Flux<FoundPerson> search(SignedIn signedIn, String keyword) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                "webwxsearchcontact",
                                                PeopleBodies.search(signedIn.baseRequest(), keyword))
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> SearchBody.parse(ReturnCodes.body("webwxsearchcontact", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxsearchcontact", body.ret()))
                .flatMapIterable(SearchBody::people);
    }
}
