package io.wxflux;

import io.wxflux.internal.transport.Exchange;
import io.wxflux.model.AccountId;
import reactor.core.publisher.Mono;

/** What gives each account its exchange: the real network, or a script in tests. */
interface Network {
    Exchange open(AccountId account);

    Mono<Void> close();
}
