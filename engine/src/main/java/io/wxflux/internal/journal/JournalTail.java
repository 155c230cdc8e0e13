package io.wxflux.internal.journal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of an account in memory, shared by all its sinks, bounded for itself and for all accounts together.
 * Written by the account, read and trimmed by its sinks: an immutable array behind a reference.
 */
final class JournalTail {
    private static final Slot[] NONE = {};

    private final int limit;
    private final TailBudget budget;
    private final AtomicReference<Slot[]> slots = new AtomicReference<>(NONE);

    JournalTail(int limit, TailBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    void append(List<Slot> fresh) {
        long bytes = bytes(fresh.toArray(NONE));
        while (true) {
            Slot[] now = requireNonNull(slots.get());
            boolean fits = bytes <= limit && budget.take(bytes);
            Slot[] next = fits ? joined(now, fresh) : NONE;
            if (slots.compareAndSet(now, next)) {
                // What the new array holds of the old one stays paid for; the rest is given back.
                budget.give(bytes(now) - (fits ? bytes(next) - bytes : 0));
                return;
            }
            if (fits) {
                budget.give(bytes);
            }
        }
    }

    /** Forgets what every sink has had. */
    void trimTo(long offset) {
        while (true) {
            Slot[] now = requireNonNull(slots.get());
            int drop = 0;
            while (drop < now.length && now[drop].offset() < offset) {
                drop++;
            }
            if (drop == 0) {
                return;
            }
            Slot[] next = drop == now.length ? NONE : Arrays.copyOfRange(now, drop, now.length);
            if (slots.compareAndSet(now, next)) {
                budget.give(bytes(now) - bytes(next));
                return;
            }
        }
    }

    /** The records from an offset on; null when the tail does not reach back to it. */
    @Nullable
    List<Slot> page(long from, int most) {
        Slot[] now = requireNonNull(slots.get());
        if (now.length == 0 || from < now[0].offset()) {
            return null;
        }
        int start = (int) Math.min(from - now[0].offset(), now.length);
        return List.of(Arrays.copyOfRange(now, start, Math.min(start + most, now.length)));
    }

    private Slot[] joined(Slot[] now, List<Slot> fresh) {
        Slot[] all = Arrays.copyOf(now, now.length + fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            all[now.length + i] = fresh.get(i);
        }
        long kept = bytes(all);
        int drop = 0;
        while (kept > limit) {
            kept -= all[drop++].bytes();
        }
        return drop == 0 ? all : Arrays.copyOfRange(all, drop, all.length);
    }

    private static long bytes(Slot[] slots) {
        long sum = 0;
        for (Slot slot : slots) {
            sum += slot.bytes();
        }
        return sum;
    }
}
