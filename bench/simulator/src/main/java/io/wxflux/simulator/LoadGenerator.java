package io.wxflux.simulator;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Queues numbered messages for every account at a steady rate. */
final class LoadGenerator {

    private static final long TICK_MILLIS = 20;
    private final Service service;
    private final Supplier<Collection<SimAccount>> accounts;
    private @Nullable Disposable ticking;
    private double owed;
    private long turn;

    LoadGenerator(Service service, Supplier<Collection<SimAccount>> accounts) {
        this.service = service;
        this.accounts = accounts;
    }

    synchronized void start(double perSecondAndAccount, KindMix mix) {
        stop();
        ticking = service.scheduler()
                .schedulePeriodically(() -> tick(perSecondAndAccount, mix), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void stop() {
        if (ticking != null) {
            ticking.dispose();
            ticking = null;
        }
        owed = 0;
    }

    private synchronized void tick(double rate, KindMix mix) {
        List<SimAccount> all = List.copyOf(accounts.get());
        if (ticking == null || all.isEmpty()) {
            return;
        }
        owed += rate * all.size() * TICK_MILLIS / 1000;
        for (; owed >= 1; owed--) {
            all.get((int) (turn++ % all.size())).queueBurst(1, mix);
        }
    }
}
