package io.wxflux.journal;

import io.wxflux.model.AccountId;
import io.wxflux.model.SyncPosition;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.DedupeWindow;
import io.wxflux.shard.SeenMessage;
import io.wxflux.shard.StoredAccount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What the log knows of one account. Guarded by the lock of {@link Ledgers}. */
final class Ledger {
    final AccountId account;
    final RecordIndex index;
    final DocumentIndex documents = new DocumentIndex();
    final DedupeWindow window = new DedupeWindow();
    final Map<String, Long> cursors = new TreeMap<>();
    byte @Nullable [] session;

    @Nullable
    SyncPosition position;

    /** The oldest record still needed. */
    long first;
    /** After the newest durable record; readers see nothing beyond. */
    long next;
    /** False while all it holds is under way to the disk for the first time. */
    boolean stored;

    Ledger(AccountId account, AtomicLong bytesOfAll) {
        this.account = account;
        this.index = new RecordIndex(bytesOfAll);
    }

    /** After the newest record in the index, durable or under way. */
    long written() {
        return first + index.size();
    }

    /** No record is held: the account may go on at any higher offset. */
    boolean mayBeginAt(long offset) {
        return index.size() == 0 && first == next && offset > next;
    }

    void beginAt(long offset) {
        if (mayBeginAt(offset)) {
            first = offset;
            next = offset;
        }
    }

    /** All of it is there already, and maybe newer state on top of it: a retry must not bring the older one back. */
    boolean repeats(AccountCommit commit, long end) {
        return !commit.records().isEmpty() && commit.nextOffset() <= end;
    }

    /** A retry repeats the bytes it stored; other bytes at a taken offset are a mistake that would lose them. */
    void checkSame(AccountCommit commit, CRC32C crc) {
        long end = Math.min(written(), commit.nextOffset());
        for (long offset = Math.max(commit.firstOffset(), first); offset < end; offset++) {
            byte[] given = commit.records().get((int) (offset - commit.firstOffset()));
            int i = (int) (offset - first);
            crc.reset();
            crc.update(given);
            if (index.length(i) != given.length || index.crc(i) != (int) crc.getValue()) {
                throw new IllegalArgumentException(commit + " would replace the record at offset " + offset);
            }
        }
    }

    void accept(byte @Nullable [] newSession, @Nullable SyncPosition newPosition, List<SeenMessage> seen, long end) {
        session = newSession == null ? session : newSession;
        position = newPosition == null ? position : newPosition;
        seen.forEach(window::add);
        next = end;
        stored = true;
    }

    void move(String sink, long offset) {
        if (offset == CommitGroup.Cursor.FORGET) {
            cursors.remove(sink);
        } else {
            cursors.put(sink, offset);
            stored = true;
        }
    }

    void trim(long from) {
        for (long end = Math.min(from, next); first < end; first++) {
            index.removeFirst();
        }
    }

    /** Where one of the records is that the snapshot says are needed. */
    void found(long offset, Segment segment, long position, int length, int crc) {
        if (offset >= first && offset < next) {
            index.found((int) (offset - first), segment, position, length, crc);
        }
    }

    /** The first record that the snapshot needs and that was found nowhere; -1 when all are there. */
    long missing() {
        for (int i = 0; i < index.size(); i++) {
            if (index.isMissing(i)) {
                return first + i;
            }
        }
        return -1;
    }

    void dropUnderWay() {
        while (written() > next) {
            index.removeLast();
        }
    }

    @SuppressWarnings("NullAway") // It does not see the @Nullable of an array in another module's class file.
    StoredAccount toStored() {
        byte[] copy = session == null ? null : session.clone();
        return new StoredAccount(account, copy, position, window.entries(), first, next, cursors);
    }
}
