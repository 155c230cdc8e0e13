package io.wxflux.internal.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that the newest records of all accounts, what was found in them, the events made of them and the pages on their way to sinks may take
 * together. A quarter is for pages alone: tails of accounts whose sinks stand still must not starve those that catch up.
 */
public final class MemoryBudget {
    private final long limit;
    private final long tails;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    public MemoryBudget(long limit) {
        this.limit = limit;
        this.tails = limit - limit / 4;
    }

    /** For something that may as well be left out. */
    boolean takeForTail(long bytes) {
        if (used.addAndGet(bytes) <= tails) {
            note();
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** For something that only saves work: while half of everything is free, so that records find room behind it. */
    boolean takeWhileAmple(long bytes) {
        if (used.addAndGet(bytes) <= limit / 2) {
            note();
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /**
     * For a page: as many as are wanted, but at most a quarter of what is left, so that there is something for the next.
     *
     * @return how many of the bytes wanted there are, perhaps none; they are taken
     */
    public long lend(long wanted) {
        while (true) {
            long now = used.get();
            long lent = Math.max(0, Math.min(wanted, (limit - now) / 4));
            if (lent == 0 || used.compareAndSet(now, now + lent)) {
                note();
                return lent;
            }
        }
    }

    /** For what cannot be done without, over the limit if need be: one record of each lane at work, no more. */
    public void take(long bytes) {
        used.addAndGet(bytes);
        note();
    }

    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }

    /** The most there ever was. */
    public long most() {
        return most.get();
    }

    private void note() {
        long now = used.get();
        if (now > most.get()) {
            most.accumulateAndGet(now, Math::max);
        }
    }
}
