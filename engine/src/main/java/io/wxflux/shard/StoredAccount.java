package io.wxflux.shard;

import io.wxflux.model.AccountId;
import io.wxflux.model.SyncPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard knows of an account after a restart.
 *
 * @param session the last committed one; null when none ever was
 * @param position the last committed one; null when none ever was
 * @param seen the dedupe window, oldest first
 * @param firstOffset the oldest record still there (equal to nextOffset when there is none)
 * @param nextOffset the offset the next record gets
 * @param cursors per sink name, those of sinks no longer configured included
 */
public record StoredAccount(
        AccountId account,
        byte @Nullable [] session,
        @Nullable SyncPosition position,
        List<SeenMessage> seen,
        long firstOffset,
        long nextOffset,
        Map<String, Long> cursors) {
    public StoredAccount {
        seen = List.copyOf(seen);
        cursors = Map.copyOf(cursors);
    }

    public static StoredAccount empty(AccountId account) {
        return new StoredAccount(account, null, null, List.of(), 0, 0, Map.of());
    }

    /** The same after the cursor of a sink was forgotten. */
    public StoredAccount withoutCursor(String sink) {
        var left = new HashMap<>(cursors);
        left.remove(sink);
        return new StoredAccount(account, session, position, seen, firstOffset, nextOffset, left);
    }

    @Override
    public String toString() {
        return "StoredAccount[" + account + ", offsets " + firstOffset + " to " + nextOffset + "]";
    }
}
