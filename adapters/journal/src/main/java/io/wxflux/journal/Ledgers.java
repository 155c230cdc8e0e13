package io.wxflux.journal;

import io.wxflux.model.AccountId;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.StoredAccount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The live state of all accounts. One thread changes it, holding the lock; another reads pages of the index, holding it
 * too. The lock is never held over I/O and never taken by a caller's thread.
 */
final class Ledgers {
    final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, Ledger> ledgers = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final CRC32C crc = new CRC32C();

    Ledger of(AccountId account) {
        return ledgers.computeIfAbsent(account, id -> new Ledger(id, bytes));
    }

    @Nullable
    Ledger find(AccountId account) {
        return ledgers.get(account);
    }

    /** Bytes of the records that are held. May be asked for without the lock. */
    long heldBytes(AccountId account) {
        Ledger ledger = ledgers.get(account);
        return ledger == null ? 0 : ledger.index.bytes();
    }

    /** Of all accounts together. May be asked for without the lock. */
    long heldBytes() {
        return bytes.get();
    }

    Collection<Ledger> all() {
        return ledgers.values();
    }

    List<StoredAccount> stored() {
        var accounts = new ArrayList<StoredAccount>(ledgers.size());
        for (Ledger ledger : ledgers.values()) {
            if (ledger.stored) {
                accounts.add(ledger.toStored());
            }
        }
        return accounts;
    }

    /** Before anything of it is written: a group is taken whole or not at all. */
    void check(CommitGroup group) {
        Map<AccountId, Long> ends = group.accounts().size() > 1 ? new HashMap<>() : Map.of();
        for (AccountCommit commit : group.accounts()) {
            Ledger ledger = ledgers.get(commit.account());
            long end = ends.getOrDefault(commit.account(), ledger == null ? 0L : ledger.written());
            boolean begins =
                    !ends.containsKey(commit.account()) && (ledger == null || ledger.mayBeginAt(commit.firstOffset()));
            if (commit.firstOffset() < 0 || commit.firstOffset() > end && !begins) {
                throw new IllegalArgumentException(
                        commit + " leaves a gap: the journal of " + commit.account() + " ends at " + end);
            }
            if (ledger != null) {
                ledger.checkSame(commit, crc);
            }
            if (group.accounts().size() > 1) {
                ends.put(commit.account(), Math.max(end, commit.nextOffset()));
            }
        }
        for (CommitGroup.Cursor cursor : group.cursors()) {
            if (cursor.offset() < CommitGroup.Cursor.FORGET) {
                throw new IllegalArgumentException("a cursor is an offset or FORGET, not " + cursor.offset());
            }
        }
    }

    /** What {@link GroupCodec#encode} put under way has become durable. */
    void apply(CommitGroup group, Staged staged) {
        staged.shares().forEach(Staged.Share::apply);
        for (CommitGroup.Cursor cursor : group.cursors()) {
            of(cursor.account()).move(cursor.sink(), cursor.offset());
        }
        for (CommitGroup.Retention retention : group.retentions()) {
            Ledger ledger = ledgers.get(retention.account());
            if (ledger != null) {
                ledger.trim(retention.from());
            }
        }
    }

    @Nullable
    DocumentPlace document(AccountId account, String key) {
        lock.lock();
        try {
            Ledger ledger = ledgers.get(account);
            return ledger == null ? null : ledger.documents.find(key.getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    List<String> documentKeys(AccountId account, String prefix) {
        lock.lock();
        try {
            Ledger ledger = ledgers.get(account);
            return ledger == null ? List.of() : ledger.documents.keys(prefix);
        } finally {
            lock.unlock();
        }
    }

    /** Where the records of a page are; see {@link io.wxflux.shard.Shard#read}. */
    List<Place> page(AccountId account, long from, int maxBytes) {
        var page = new ArrayList<Place>();
        lock.lock();
        try {
            Ledger ledger = ledgers.get(account);
            if (ledger == null) {
                return page;
            }
            long room = maxBytes;
            for (long offset = Math.max(from, ledger.first); offset < ledger.next; offset++) {
                int i = (int) (offset - ledger.first);
                room -= ledger.index.length(i);
                if (room < 0 && !page.isEmpty()) {
                    break;
                }
                page.add(new Place(
                        offset,
                        ledger.index.segment(i),
                        ledger.index.position(i),
                        ledger.index.length(i),
                        ledger.index.crc(i)));
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    record Place(long offset, Segment segment, long position, int length, int crc) {
        long end() {
            return position + length;
        }
    }
}
