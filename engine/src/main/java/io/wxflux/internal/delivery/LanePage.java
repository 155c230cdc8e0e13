package io.wxflux.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.internal.journal.Slot;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * The records a lane is at. They are paid for as long as they are here, with the events that are made of them; when the
 * budget is used up, a page is one record. Touched by one thread at a time, except that anybody may {@link #end} it.
 */
final class LanePage implements Iterable<Slot> {
    private static final int MOST = 1 << 10;

    private final AccountJournal journal;
    private final MemoryBudget budget;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final AtomicLong paid = new AtomicLong();
    private boolean overdrawn;
    private volatile boolean ended;

    LanePage(AccountJournal journal) {
        this.journal = journal;
        this.budget = journal.budget();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    Slot first() {
        return requireNonNull(slots.peekFirst());
    }

    @Override
    public Iterator<Slot> iterator() {
        return slots.iterator();
    }

    /** Reads from the cursor on. <b>Emits</b> whether there is anything. */
    Mono<Boolean> fill(long cursor) {
        if (!slots.isEmpty()) {
            return Mono.just(true);
        }
        if (cursor >= journal.nextOffset()) {
            return Mono.just(false);
        }
        return Mono.defer(() -> {
            long lent = budget.lend(Slot.budgetFor(AccountJournal.PAGE_BYTES));
            var settled = new AtomicBoolean();
            int bytes = (int) Math.max(1, Slot.recordsFor(lent));
            return journal.page(cursor, MOST, bytes)
                    .doOnNext(page -> {
                        // One that was cancelled at this moment has given the loan back; nobody looks at its page.
                        if (settled.compareAndSet(false, true)) {
                            take(page, lent);
                        }
                    })
                    .map(page -> !page.isEmpty())
                    .doFinally(signal -> {
                        if (settled.compareAndSet(false, true)) {
                            budget.give(lent);
                        }
                    });
        });
    }

    private void take(Iterable<Slot> page, long lent) {
        long cost = 0;
        for (Slot slot : page) {
            // The fixed part of small records may add up to more than was lent: the rest is read the next time.
            if (cost > 0 && cost + slot.cost() > lent) {
                break;
            }
            slots.add(slot);
            cost += slot.cost();
        }
        overdrawn = cost > lent;
        if (overdrawn) {
            budget.take(cost - lent);
        } else {
            budget.give(lent - cost);
        }
        paid.addAndGet(cost);
        if (ended) {
            release();
        }
    }

    /** The first so many are done with. */
    void drop(int count) {
        long cost = 0;
        for (int i = 0; i < count; i++) {
            cost += slots.removeFirst().cost();
        }
        giveBack(cost);
    }

    /** It is read again when the lane has its next turn. */
    void clear() {
        slots.clear();
        release();
    }

    /** Nobody pays for it any more, whatever is still read. */
    void end() {
        ended = true;
        release();
    }

    /** What may be kept while others have their turn. */
    void clearIfOverdrawn() {
        if (overdrawn) {
            clear();
        }
    }

    private void release() {
        budget.give(paid.getAndSet(0));
    }

    private void giveBack(long cost) {
        long before = paid.getAndUpdate(now -> Math.max(0, now - cost));
        budget.give(Math.min(before, cost));
    }
}
