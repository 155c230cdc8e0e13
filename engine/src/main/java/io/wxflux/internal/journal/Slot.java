package io.wxflux.internal.journal;

import io.wxflux.event.AccountEvent;
import io.wxflux.internal.wire.JournalEntry;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One journal record as delivery sees it: decoded at most once, by whichever sink gets there first, as long as there is
 * memory to keep what was made.
 */
public final class Slot {
    /** An event beside its record, or what it will be made of: the raw message once more and as much again in texts, which are two bytes a character. */
    private static final int EVENT_FACTOR = 4;

    private static final int EVENT_FIXED = 1_024;

    /** Whoever holds it pays for it and for the event. */
    private static final long NOT_KEPT = -1;

    private final long offset;
    private final byte[] payload;
    private final MemoryBudget budget;

    /** What the tail pays for it: for the record alone, or all of {@link #cost}. */
    private final AtomicLong paid = new AtomicLong(NOT_KEPT);

    private volatile @Nullable AccountEvent event;

    /** What the record holds, until there is an event; null where it is to be read from its bytes. */
    private volatile @Nullable JournalEntry entry;

    /** @param entry what the record holds, if that is known already */
    Slot(long offset, byte[] payload, @Nullable JournalEntry entry, MemoryBudget budget) {
        this.offset = offset;
        this.payload = payload;
        this.entry = entry;
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

    /** What the record holds, decoded as far as the journal knows it. */
    public JournalEntry entry() {
        JournalEntry known = entry;
        return known == null ? JournalEntry.decode(payload) : known;
    }

    /** The event as the sinks get it; null while nobody has made it, or where there was no memory to keep it. */
    public @Nullable AccountEvent event() {
        return event;
    }

    /** Two sinks may both make it at the same moment; what they make is equal. */
    public void event(AccountEvent made) {
        while (event == null) {
            long before = paid.get();
            if (before == NOT_KEPT || before == cost()) {
                set(made);
                return;
            }
            if (!budget.takeForTail(eventCost())) {
                return;
            }
            if (paid.compareAndSet(before, cost())) {
                set(made);
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
            if (!paid.compareAndSet(payload.length, cost())) {
                budget.give(cost);
            }
            set(made);
        }
    }

    /** It takes the place of the entry, and is paid for by what was paid for that. */
    private void set(AccountEvent made) {
        event = made;
        entry = null;
    }

    /** The tail has it, and has paid for the record. Nobody else has it yet. */
    void kept() {
        if (entry != null && budget.takeWhileAmple(eventCost())) {
            paid.set(cost());
        } else {
            entry = null;
            paid.set(payload.length);
        }
    }

    /** The tail has it no more. */
    void dropped() {
        long all = paid.getAndSet(NOT_KEPT);
        if (all != NOT_KEPT) {
            budget.give(all);
        }
    }
}
