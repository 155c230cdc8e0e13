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
    private final MemoryBudget budget;
    private final AtomicReference<Slot[]> slots = new AtomicReference<>(NONE);

    JournalTail(int limit, MemoryBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    void append(List<Slot> fresh) {
        long bytes = bytes(fresh.toArray(NONE));
        boolean fits = bytes <= limit && budget.takeForTail(bytes);
        if (fits) {
            fresh.forEach(Slot::kept);
        }
        while (true) {
            Slot[] now = requireNonNull(slots.get());
            Slot[] next = fits ? joined(now, fresh) : NONE;
            if (slots.compareAndSet(now, next)) {
                long first = next.length == 0 ? Long.MAX_VALUE : next[0].offset();
                dropBefore(now, first);
                // Records that are larger than the tail all together leave it as they come.
                dropBefore(fresh.toArray(NONE), first);
                return;
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
                dropBefore(now, offset);
                return;
            }
        }
    }

    private static void dropBefore(Slot[] slots, long offset) {
        for (Slot slot : slots) {
            if (slot.offset() < offset) {
                slot.dropped();
            }
        }
    }

    /** The records from an offset on, at least one if there is any; null when the tail does not reach back to it. */
    @Nullable
    List<Slot> page(long from, int most, long maxBytes) {
        Slot[] now = requireNonNull(slots.get());
        if (now.length == 0 || from < now[0].offset()) {
            return null;
        }
        int start = (int) Math.min(from - now[0].offset(), now.length);
        int end = start;
        long bytes = 0;
        while (end < now.length && end - start < most && (end == start || bytes + now[end].bytes() <= maxBytes)) {
            bytes += now[end++].bytes();
        }
        return List.of(Arrays.copyOfRange(now, start, end));
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
