package io.wxflux.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition instead of for a time. */
public final class Await {
    private static final long LOOK_NANOS = 5_000_000;

    private Await() {}

    /**
     * Looks until the condition holds.
     *
     * @throws AssertionError after 60 s
     */
    public static void until(BooleanSupplier condition) {
        until(Duration.ofSeconds(60), condition, () -> "");
    }

    /**
     * Looks until the condition holds.
     *
     * @param evidence what to say when it does not hold in time
     * @throws AssertionError when the time is over
     */
    public static void until(Duration atMost, BooleanSupplier condition, Supplier<String> evidence) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the condition did not hold within " + atMost + ". " + evidence.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
