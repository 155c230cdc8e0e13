package io.wxflux;

import io.wxflux.internal.transport.Exchange;
import io.wxflux.model.AccountId;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** The door to an engine on exchanges and a chance of the test's own, for tests of other packages. */
public final class SimulatedEngine {
    private SimulatedEngine() {}

    public static Engine create(
            EngineOptions options, Function<AccountId, Exchange> exchanges, RandomGenerator random) {
        return new DefaultEngine(
                options,
                (http, scheduler) -> new Network() {
                    @Override
                    public Exchange open(AccountId account) {
                        return exchanges.apply(account);
                    }

                    @Override
                    public Mono<Void> close() {
                        return Mono.empty();
                    }
                },
                random);
    }
}
