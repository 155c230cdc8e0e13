package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.BatchContacts;
import io.wxflux.internal.wire.ContactPage;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RequestBodies;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PROTOCOL 7.1 and 7.2: the address book in pages, rooms in batches. */
public final class Contacts {
    /** Seq has been seen never to reach 0; the browser stops after 17 pages as well. */
    private static final int MOST_PAGES = 17;

    /** Big address books take 10 to 30 s. */
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private Contacts() {}

    /** <b>Emits</b> the pages of the address book; the last one's Seq is 0 unless there were too many. */
    public static Flux<ContactPage> pages(SignedIn signedIn) {
        return page(signedIn, 0)
                .expand(page -> page.seq() == 0 ? Mono.empty() : page(signedIn, page.seq()))
                .take(MOST_PAGES);
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

    /**
     * <b>Emits</b> the records of those asked for, rooms with their members, in whatever order the server answers; some may
     * be missing.
     *
     * @param queries at most 50: the server cuts or refuses more
     */
    public static Mono<List<ContactPatch>> details(SignedIn signedIn, List<ContactQuery> queries) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.post(
                                        "webwxbatchgetcontact",
                                        RequestBodies.batchContacts(signedIn.baseRequest(), queries))
                                .query("type", "ex")
                                .query("r", signedIn.service().stamps().now())
                                .query("lang", signedIn.service().language())
                                .query("pass_ticket", signedIn.credentials().passTicket())
                                .on(HttpCall.Lane.COMMAND, DEADLINE, 32 * Service.MIB)))
                .map(answer -> BatchContacts.parse(ReturnCodes.body("webwxbatchgetcontact", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxbatchgetcontact", body.ret()))
                .map(BatchContacts::contacts);
    }
}
