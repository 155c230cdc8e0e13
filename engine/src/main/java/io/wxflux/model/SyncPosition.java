package io.wxflux.model;

/**
 * Where an account stands in the server's stream. Two keys, kept apart: {@code syncKey} goes into the next webwxsync,
 * {@code syncCheckKey} into the next synccheck (PROTOCOL 8.2, rule 1).
 */
public record SyncPosition(SyncKey syncKey, SyncKey syncCheckKey) {
    /** The position right after webwxinit, where one key serves for both. */
    public static SyncPosition initial(SyncKey key) {
        return new SyncPosition(key, key);
    }

    /** This position moved on by the keys of an answer; an empty key leaves the known one in place. */
    public SyncPosition advance(SyncKey nextSyncKey, SyncKey nextSyncCheckKey) {
        return new SyncPosition(
                nextSyncKey.isEmpty() ? syncKey : nextSyncKey,
                nextSyncCheckKey.isEmpty() ? syncCheckKey : nextSyncCheckKey);
    }
}
