package io.wxflux.internal.contacts;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of contacts that were last read or written, decoded, of all accounts of an engine together and bounded by
 * the bytes they take. What was not asked for since the hand of the clock came by last goes first.
 */
public final class ContactCache {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Queue<Entry> clock = new ConcurrentLinkedQueue<>();

    public ContactCache(long limit) {
        this.limit = limit;
    }

    /** By identity of the owner: a second run of an account must not see what the first one left. */
    private record Key(ContactStore owner, String document) {}

    private static final class Entry {
        final Key key;
        volatile Piece value;
        volatile boolean touched;

        Entry(Key key, Piece value) {
            this.key = key;
            this.value = value;
        }
    }

    @Nullable
    Piece get(ContactStore owner, String document) {
        Entry entry = entries.get(new Key(owner, document));
        if (entry == null) {
            return null;
        }
        if (!entry.touched) {
            entry.touched = true;
        }
        return entry.value;
    }

    /** What is durable now. */
    void put(ContactStore owner, String document, Piece value) {
        entries.compute(new Key(owner, document), (key, known) -> {
            used.addAndGet(value.bytes());
            if (known == null) {
                return entry(key, value);
            }
            used.addAndGet(-known.value.bytes());
            known.value = value;
            return known;
        });
        shrink();
    }

    /** What was read, unless something newer is there or has come and gone meanwhile. */
    void offer(ContactStore owner, String document, Piece value, BooleanSupplier isCurrent) {
        entries.compute(new Key(owner, document), (key, known) -> {
            if (known != null || !isCurrent.getAsBoolean()) {
                return known;
            }
            used.addAndGet(value.bytes());
            return entry(key, value);
        });
        shrink();
    }

    private Entry entry(Key key, Piece value) {
        var entry = new Entry(key, value);
        clock.add(entry);
        return entry;
    }

    /** The account is gone. */
    void forget(ContactStore owner) {
        for (Entry entry : entries.values()) {
            if (entry.key.owner() == owner) {
                drop(entry);
            }
        }
        clock.removeIf(entry -> entry.key.owner() == owner);
    }

    private void shrink() {
        while (used.get() > limit) {
            Entry next = clock.poll();
            if (next == null) {
                return;
            }
            if (next.touched) {
                next.touched = false;
                clock.add(next);
            } else {
                drop(next);
            }
        }
    }

    private void drop(Entry entry) {
        entries.computeIfPresent(entry.key, (key, known) -> {
            if (known != entry) {
                return known;
            }
            used.addAndGet(-entry.value.bytes());
            return null;
        });
    }

    /** As estimated from what the documents hold. */
    public long used() {
        return used.get();
    }
}
