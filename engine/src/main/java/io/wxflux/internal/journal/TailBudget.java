package io.wxflux.internal.journal;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all tails together may keep in memory. */
public final class TailBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public TailBudget(long limit) {
        this.limit = limit;
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }
}
