package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.BatchContacts;
import io.wxflux.internal.wire.ContactPage;
import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PROTOCOL 7.1 and 7.2: the address book in pages, rooms in batches. */
public final class Contacts {
    /** The server cuts or refuses larger batches. */
    static final int BATCH = 50;

    /** Seq has been seen never to reach 0; the browser stops after 17 pages as well. */
    private static final int MOST_PAGES = 17;

    /** Big address books take 10 to 30 s. */
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private Contacts() {}

    /** <b>Emits</b> every contact of the address book, page after page. */
    public static Flux<Contact> all(SignedIn signedIn) {
        return page(signedIn, 0)
                .expand(page -> page.seq() == 0 ? Mono.empty() : page(signedIn, page.seq()))
                .take(MOST_PAGES)
                .concatMapIterable(ContactPage::contacts);
    }

    /** <b>Emits</b> details of the rooms, members included, in whatever order the server answers; some may be missing. */
    public static Flux<Contact> rooms(SignedIn signedIn, List<UserName> rooms) {
        return Flux.fromIterable(rooms)
                .buffer(BATCH)
                .concatMap(batch -> batch(signedIn, batch), 0)
                .concatMapIterable(BatchContacts::contacts);
    }

    private static Mono<ContactPage> page(SignedIn signedIn, long seq) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.get("webwxgetcontact")
                                .query("lang", signedIn.service().language())
                                .query("pass_ticket", signedIn.credentials().passTicket())
                                .query("r", signedIn.service().stamps().now())
                                .query("seq", seq)
                                .query("skey", signedIn.credentials().skey())
                                .on(HttpCall.Lane.COMMAND, DEADLINE, 32 * Service.MIB)))
                .map(answer -> ContactPage.parse(ReturnCodes.body("webwxgetcontact", answer)))
                .doOnNext(page -> ReturnCodes.requireOk("webwxgetcontact", page.ret()));
    }

    private static Mono<BatchContacts> batch(SignedIn signedIn, List<UserName> names) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.post(
                                        "webwxbatchgetcontact",
                                        RequestBodies.batchContacts(
                                                signedIn.baseRequest(),
                                                names.stream()
                                                        .map(name -> new ContactQuery(name, UserName.NONE))
                                                        .toList()))
                                .query("type", "ex")
                                .query("r", signedIn.service().stamps().now())
                                .query("lang", signedIn.service().language())
                                .query("pass_ticket", signedIn.credentials().passTicket())
                                .on(HttpCall.Lane.COMMAND, DEADLINE, 32 * Service.MIB)))
                .map(answer -> BatchContacts.parse(ReturnCodes.body("webwxbatchgetcontact", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxbatchgetcontact", body.ret()));
    }
}
