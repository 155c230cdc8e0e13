package io.wxflux;

import io.wxflux.event.AccountState;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.LoginOptions;
import io.wxflux.sink.SinkSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** An engine on a {@link BenchService}. */
final class BenchEngine {
    private final DefaultEngine engine;
    private final int accounts;
    private @Nullable Disposable running;

    BenchEngine(BenchService service, Scheduler scheduler, int accounts, List<SinkSpec> sinks) {
        this.accounts = accounts;
        EngineOptions.Builder options = EngineOptions.builder()
                .scheduler(scheduler)
                .delivery(DeliveryOptions.defaults())
                .login(LoginOptions.defaults().withConcurrentLogins(1_000));
        sinks.forEach(options::sink);
        engine = new DefaultEngine(options.build(), (http, timer) -> service, new SplittableRandom(7));
        for (int i = 1; i <= accounts; i++) {
            engine.add(AccountSpec.of("bench-" + i)).block();
        }
    }

    void start() {
        running = engine.run().subscribe(nothing -> {}, error -> {
            throw new IllegalStateException(error);
        });
    }

    boolean isReady() {
        return engine.accounts().stream()
                        .filter(status -> status.state() == AccountState.SYNCING)
                        .count()
                == accounts;
    }

    /** Messages in the journals. */
    long received() {
        return engine.accounts().stream().mapToLong(status -> status.received()).sum();
    }

    String states() {
        return engine.accounts().stream().limit(1).toList().toString();
    }

    void end() {
        if (running != null) {
            running.dispose();
        }
    }
}
