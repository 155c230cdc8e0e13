package io.wxflux.shard;

import io.wxflux.model.AccountId;
import io.wxflux.model.SyncPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account's share of a commit: its records, the position that acknowledges them upstream, and what else changed.
 *
 * @param session the account's opaque durable state (cookies, credentials, pinned uin); null = unchanged
 * @param position where the next webwxsync goes on; null = unchanged
 * @param seen ids added to the dedupe window
 * @param firstOffset offset of the first record: the end of the account's journal
 * @param records opaque payloads, one journal offset each, in order
 * @param documents those that change, in order: of two with the same key the later one counts
 */
public record AccountCommit(
        AccountId account,
        byte @Nullable [] session,
        @Nullable SyncPosition position,
        List<SeenMessage> seen,
        long firstOffset,
        List<byte[]> records,
        List<Document> documents) {
    public AccountCommit {
        seen = List.copyOf(seen);
        records = List.copyOf(records);
        documents = List.copyOf(documents);
    }

    /** One that changes no documents. */
    public AccountCommit(
            AccountId account,
            byte @Nullable [] session,
            @Nullable SyncPosition position,
            List<SeenMessage> seen,
            long firstOffset,
            List<byte[]> records) {
        this(account, session, position, seen, firstOffset, records, List.of());
    }

    /** The offset after the last record. */
    public long nextOffset() {
        return firstOffset + records.size();
    }

    /** Ids and sizes only: sessions and messages are not for logs. */
    @Override
    public String toString() {
        return "AccountCommit[" + account + ", offsets " + firstOffset + " to " + nextOffset() + ", " + documents.size()
                + " documents]";
    }
}
