package io.wxflux;

import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.model.AccountId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** One process's way to the {@link ModelServer}. */
final class ModelNetwork implements Network {
    private final ModelServer server;
    private boolean dead;

    ModelNetwork(ModelServer server) {
        this.server = server;
    }

    /** The process is gone: nothing it asks arrives, nothing reaches it. */
    void die() {
        dead = true;
    }

    @Override
    public Exchange open(AccountId account) {
        var jar = new MemoryCookies();
        ModelAccount model = server.account(account.value());
        return new Exchange() {
            @Override
            public Mono<HttpAnswer> exchange(HttpCall call) {
                return Mono.defer(() -> {
                    if (dead) {
                        return Mono.never();
                    }
                    server.log(account, call);
                    return server.hosts.at(account.value(), call, Mono.defer(() -> model.answer(call, jar)));
                });
            }

            @Override
            public Mono<HttpStream> stream(HttpCall call, Duration idle) {
                return exchange(call).map(WireText::streamed);
            }

            @Override
            public CookieJar cookies() {
                return jar;
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
