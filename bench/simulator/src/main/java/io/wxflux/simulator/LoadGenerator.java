package io.wxflux.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Queues numbered messages for every account at a steady rate. The times at which messages are due form a grid that does
 * not wait for anybody: when the generator is late it catches up, and stamps say when a message was due, not when it was
 * queued. So a measurement against the stamps does not leave out what a stall delayed.
 */
final class LoadGenerator {

    private static final long TICK_MICROS = 20_000;
    /** Where delays are measured the grid is finer. */
    private static final long STAMPED_TICK_MICROS = 1_000;

    private static final int REFRESH = 1_000;

    private final Service service;
    private final Supplier<Collection<SimAccount>> accounts;
    private @Nullable Disposable ticking;
    private List<SimAccount> all = List.of();
    private double owed;
    private long ticks;
    private long firstMicros;
    private long turn;
    private long queued;

    LoadGenerator(Service service, Supplier<Collection<SimAccount>> accounts) {
        this.service = service;
        this.accounts = accounts;
    }

    /**
     * Begins anew.
     *
     * @param perSecondAndAccount messages
     * @param batch how many an account gets at once, more rarely in proportion
     * @param stamped whether messages carry the microsecond they were due at
     */
    synchronized void start(double perSecondAndAccount, KindMix mix, int batch, boolean stamped) {
        stop();
        queued = 0;
        ticks = 0;
        long tick = stamped ? STAMPED_TICK_MICROS : TICK_MICROS;
        // Before the first tick is scheduled: that one may be late, and those after it catch up.
        firstMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        ticking = service.scheduler()
                .schedulePeriodically(
                        () -> tick(perSecondAndAccount, mix, batch, stamped, tick), 0, tick, TimeUnit.MICROSECONDS);
    }

    synchronized void stop() {
        if (ticking != null) {
            ticking.dispose();
            ticking = null;
        }
        owed = 0;
        all = List.of();
    }

    /** How many messages were queued since the start. */
    synchronized long queued() {
        return queued;
    }

    private synchronized void tick(double rate, KindMix mix, int batch, boolean stamped, long tick) {
        if (ticks % REFRESH == 0) {
            all = List.copyOf(accounts.get());
        }
        long due = firstMicros + ticks++ * tick;
        if (ticking == null || all.isEmpty()) {
            return;
        }
        owed += rate * all.size() / batch * tick / 1e6;
        for (; owed >= 1; owed--) {
            all.get((int) (turn++ % all.size())).queueBurst(batch, mix, stamped ? due : 0);
            queued += batch;
        }
    }
}
