package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
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
    public static Flux<Contact> all(Service service, HostFamily hosts, Credentials credentials) {
        return page(service, hosts, credentials, 0)
                .expand(page -> page.seq() == 0 ? Mono.empty() : page(service, hosts, credentials, page.seq()))
                .take(MOST_PAGES)
                .concatMapIterable(ContactPage::contacts);
    }

    /** <b>Emits</b> details of the rooms, members included, in whatever order the server answers; some may be missing. */
    public static Flux<Contact> rooms(
            Service service, HostFamily hosts, Credentials credentials, List<UserName> rooms) {
        return Flux.fromIterable(rooms)
                .buffer(BATCH)
                .concatMap(batch -> batch(service, hosts, credentials, batch), 0)
                .concatMapIterable(BatchContacts::contacts);
    }

    private static Mono<ContactPage> page(Service service, HostFamily hosts, Credentials credentials, long seq) {
        return Mono.defer(
                        () -> service.ask(HttpCall.get("webwxgetcontact", hosts.api(), Service.CGI + "/webwxgetcontact")
                                .query("lang", service.language())
                                .query("pass_ticket", credentials.passTicket())
                                .query("r", service.stamps().now())
                                .query("seq", seq)
                                .query("skey", credentials.skey())
                                .header("Referer", Service.referer(hosts.api()))
                                .on(HttpCall.Lane.COMMAND, DEADLINE, 32 * Service.MIB)))
                .map(answer -> ContactPage.parse(ReturnCodes.body("webwxgetcontact", answer)))
                .doOnNext(page -> ReturnCodes.requireOk("webwxgetcontact", page.ret()));
    }

    private static Mono<BatchContacts> batch(
            Service service, HostFamily hosts, Credentials credentials, List<UserName> names) {
        return Mono.defer(() -> service.ask(HttpCall.post(
                                "webwxbatchgetcontact",
                                hosts.api(),
                                Service.CGI + "/webwxbatchgetcontact",
                                RequestBodies.batchContacts(
                                        credentials.baseRequest(service.stamps()),
                                        names.stream()
                                                .map(name -> new ContactQuery(name, UserName.NONE))
                                                .toList()))
                        .query("type", "ex")
                        .query("r", service.stamps().now())
                        .query("lang", service.language())
                        .query("pass_ticket", credentials.passTicket())
                        .header("Referer", Service.referer(hosts.api()))
                        .header("Origin", Service.origin(hosts.api()))
                        .on(HttpCall.Lane.COMMAND, DEADLINE, 32 * Service.MIB)))
                .map(answer -> BatchContacts.parse(ReturnCodes.body("webwxbatchgetcontact", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxbatchgetcontact", body.ret()));
    }
}
