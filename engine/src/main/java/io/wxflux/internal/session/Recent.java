package io.wxflux.internal.session;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The last so many of something, by a key. Thread-safe. */
final class Recent<K, V> {
    private final int most;
    private final Map<K, V> known = new ConcurrentHashMap<>();
    private final Queue<K> oldestFirst = new ConcurrentLinkedQueue<>();

    Recent(int most) {
        this.most = most;
    }

    /** The first value of a key stays. */
    void add(K key, V value) {
        if (known.putIfAbsent(key, value) != null) {
            return;
        }
        oldestFirst.add(key);
        while (known.size() > most) {
            K oldest = oldestFirst.poll();
            if (oldest == null) {
                return;
            }
            known.remove(oldest);
        }
    }

    @Nullable
    V find(K key) {
        return known.get(key);
    }
}
