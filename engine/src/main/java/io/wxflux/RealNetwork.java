package io.wxflux;

import io.wxflux.internal.transport.Connections;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.model.AccountId;
import io.wxflux.options.HttpOptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reactor Netty: threads, TLS and addresses shared, cookies and connections per account. */
final class RealNetwork implements Network {
    private final Connections connections;

    RealNetwork(HttpOptions options, Scheduler scheduler) {
        this.connections = Connections.open(options, scheduler);
    }

    @Override
    public Exchange open(AccountId account) {
        return connections.exchange(Rfc6265CookieJar.empty());
    }

    @Override
    public Mono<Void> close() {
        return connections.close();
    }
}
