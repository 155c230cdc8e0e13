package io.wxflux.internal.session;

import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.transport.Connections;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.internal.wire.LoginScripts.LoginPoll;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A session of the account that the simulator scans for next, with what it sends up and fetches, and no cycle. */
final class OpenSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Scheduler timer = Schedulers.newSingle("session-timer", true);
    final Scheduler files = Schedulers.newBoundedElastic(2, 100, "session-files");
    final Connections connections;
    final Exchange exchange;
    final SignedIn signedIn;
    final Transfers transfers;
    final Downloads downloads;

    OpenSession(HttpOptions http) {
        connections = Connections.open(http, timer);
        exchange = connections.exchange(Rfc6265CookieJar.empty());
        Service service = new Service(exchange, http, new Stamps(timer, new Random(7)), "zh_CN");
        signedIn = Objects.requireNonNull(signIn(service).block(PATIENCE));
        transfers = new Transfers(() -> signedIn, files, timer);
        downloads = new Downloads(() -> signedIn, name -> Mono.empty(), files, timer);
    }

    private static Mono<SignedIn> signIn(Service service) {
        return QrLogin.uuid(service, LoginMode.web())
                .flatMap(uuid -> QrLogin.poll(service, uuid, false)
                        .repeat()
                        .filter(poll -> poll.code() == 200)
                        .next())
                .map(LoginPoll::redirectUri)
                .map(RedirectUri::parse)
                .flatMap(redirect -> LoginTicket.fetch(service, redirect, LoginMode.web())
                        .flatMap(ticket -> signedIn(service, ticket)));
    }

    private static Mono<SignedIn> signedIn(Service service, LoginTicket.Ticket ticket) {
        HostFamily hosts = ticket.redirect().family();
        return Start.init(service, hosts, ticket.credentials())
                .map(init -> new SignedIn(service, hosts, ticket.credentials().withSkey(init.skey()), init.self()));
    }

    @Override
    public void close() {
        exchange.close().block(PATIENCE);
        connections.close().block(PATIENCE);
        files.dispose();
        timer.dispose();
    }
}
