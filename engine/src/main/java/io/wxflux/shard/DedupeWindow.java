package io.wxflux.shard;

import io.wxflux.model.MsgId;
import io.wxflux.model.Uin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages an account has already had: the newest {@value #MAX_IDS}, none older than 72 h. Shards keep it from the
 * deltas of their commits, the engine asks it before it journals. Not thread-safe: one owner.
 */
public final class DedupeWindow {
    public static final int MAX_IDS = 2_000;
    public static final long MAX_AGE_SECONDS = 72 * 3_600;

    private final ArrayDeque<SeenMessage> order = new ArrayDeque<>();
    private final Set<Key> keys = new HashSet<>();

    public boolean contains(Uin uin, MsgId id) {
        return keys.contains(new Key(uin, id));
    }

    /** Adds an entry unless it is there; entries beyond the bounds, measured at this entry's time, are forgotten. */
    public boolean add(SeenMessage seen) {
        if (!keys.add(new Key(seen.uin(), seen.id()))) {
            return false;
        }
        order.addLast(seen);
        while (order.size() > MAX_IDS || order.getFirst().seenAtSecond() < seen.seenAtSecond() - MAX_AGE_SECONDS) {
            SeenMessage oldest = order.removeFirst();
            keys.remove(new Key(oldest.uin(), oldest.id()));
        }
        return true;
    }

    /** Oldest first. */
    public List<SeenMessage> entries() {
        return new ArrayList<>(order);
    }

    public int size() {
        return order.size();
    }

    private record Key(Uin uin, MsgId id) {}
}
