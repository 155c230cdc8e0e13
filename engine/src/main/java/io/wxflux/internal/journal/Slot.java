package io.wxflux.internal.journal;

import io.wxflux.event.AccountEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One journal record as delivery sees it: decoded at most once, by whichever sink gets there first, as long as there is
 * memory to keep what was made.
 */
public final class Slot {
    /** An event beside its record: the raw message once more and as much again in texts, which are two bytes a character. */
    private static final int EVENT_FACTOR = 4;

    private static final int EVENT_FIXED = 1_024;

    /** Whoever holds it pays for it and for the event. */
    private static final long NOT_KEPT = -1;

    private final long offset;
    private final byte[] payload;
    private final MemoryBudget budget;

    /** What the tail pays for it. */
    private final AtomicLong paid = new AtomicLong(NOT_KEPT);

    private volatile @Nullable AccountEvent event;

    Slot(long offset, byte[] payload, MemoryBudget budget) {
        this.offset = offset;
        this.payload = payload;
        this.budget = budget;
    }

    public long offset() {
        return offset;
    }

    /** What stands in the journal; not to be changed. */
    public byte[] record() {
        return payload;
    }

    int bytes() {
        return payload.length;
    }

    /** Of the record and of what is made of it. */
    public long cost() {
        return payload.length + eventCost();
    }

    /** The bytes of records for which a budget suffices. */
    public static long recordsFor(long budget) {
        return budget / (EVENT_FACTOR + 1);
    }

    /** The budget for so many bytes of usual records. */
    public static long budgetFor(long records) {
        return records * (EVENT_FACTOR + 1);
    }

    private long eventCost() {
        return EVENT_FIXED + (long) EVENT_FACTOR * payload.length;
    }

    /** The event as the sinks get it; null while nobody has made it, or where there was no memory to keep it. */
    public @Nullable AccountEvent event() {
        return event;
    }

    /** Two sinks may both make it at the same moment; what they make is equal. */
    public void event(AccountEvent made) {
        while (event == null) {
            long before = paid.get();
            if (before == NOT_KEPT) {
                event = made;
                return;
            }
            if (!budget.takeForTail(eventCost())) {
                return;
            }
            if (paid.compareAndSet(before, before + eventCost())) {
                event = made;
                return;
            }
            budget.give(eventCost());
        }
    }

    /** As {@link #event(AccountEvent)}, also where there is no memory: names that were asked for are not asked for again. */
    public void keep(AccountEvent made) {
        if (event == null) {
            long cost = eventCost();
            budget.take(cost);
            if (paid.getAndUpdate(before -> before == NOT_KEPT ? before : before + cost) == NOT_KEPT) {
                budget.give(cost);
            }
            event = made;
        }
    }

    /** The tail has it, and has paid for the record. */
    void kept() {
        paid.set(payload.length);
    }

    /** The tail has it no more. */
    void dropped() {
        long all = paid.getAndSet(NOT_KEPT);
        if (all != NOT_KEPT) {
            budget.give(all);
        }
    }
}
