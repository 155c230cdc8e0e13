package io.wxflux.shard;

import io.wxflux.error.FencedException;
import io.wxflux.model.AccountId;
import io.wxflux.model.SyncPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A shard that keeps everything in memory; {@link InMemoryCoordinator} grants it.
 *
 * <p><b>Threads</b>: work is done, and results are signalled, at once on the thread that subscribes; when several
 * subscribe at the same time, on one of them. Nothing waits.
 */
public final class InMemoryShard implements Shard {
    private static final ShardId ID = new ShardId("memory");

    private final Memory memory;
    private final long epoch;

    private InMemoryShard(Memory memory, long epoch) {
        this.memory = memory;
        this.epoch = epoch;
    }

    static InMemoryShard grant(Memory memory) {
        return new InMemoryShard(memory, memory.grant());
    }

    @Override
    public ShardId id() {
        return ID;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Flux<StoredAccount> restore() {
        return inTurn(memory::stored).flatMapIterable(accounts -> accounts);
    }

    @Override
    public Mono<Void> commit(CommitGroup group) {
        return inTurn(() -> {
                    memory.apply(group);
                    return List.of();
                })
                .then();
    }

    @Override
    public Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes) {
        return inTurn(() -> memory.page(account, from, maxBytes));
    }

    @Override
    public Mono<byte[]> document(AccountId account, String key) {
        return inTurn(() -> Optional.ofNullable(memory.documents(account).get(key)))
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<List<String>> documentKeys(AccountId account, String prefix) {
        return inTurn(() -> memory.documents(account).tailMap(prefix, true).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .toList());
    }

    @Override
    public long heldBytes(AccountId account) {
        return memory.held.getOrDefault(account, 0L);
    }

    @Override
    public long heldBytes() {
        return memory.heldByAll.get();
    }

    private <T> Mono<T> inTurn(Step<T> step) {
        return Mono.create(caller -> memory.inTurn(() -> {
            T result;
            try {
                memory.check(epoch);
                result = step.take();
            } catch (RuntimeException e) {
                caller.error(e);
                return;
            }
            caller.success(result);
        }));
    }

    private interface Step<T> {
        T take();
    }

    /** What survives a grant. One step at a time touches it: whoever finds it idle works for all that queue meanwhile. */
    static final class Memory {
        private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final Map<AccountId, Ledger> ledgers = new TreeMap<>();
        private final AtomicLong epoch = new AtomicLong();
        private final Map<AccountId, Long> held = new ConcurrentHashMap<>();
        private final AtomicLong heldByAll = new AtomicLong();
        private long givenBack;

        void inTurn(Runnable step) {
            steps.add(step);
            if (waiting.getAndIncrement() > 0) {
                return;
            }
            do {
                Runnable next = steps.poll();
                if (next != null) {
                    next.run();
                }
            } while (waiting.decrementAndGet() > 0);
        }

        long grant() {
            return epoch.incrementAndGet();
        }

        Mono<Void> giveBack(long grant) {
            return Mono.create(caller -> inTurn(() -> {
                givenBack = Math.max(givenBack, grant);
                caller.success();
            }));
        }

        void check(long grant) {
            if (grant < epoch.get()) {
                throw new FencedException("the shard \"memory\" was granted anew: epoch " + grant
                        + " may not go on, epoch " + epoch.get() + " is at work");
            }
            if (grant <= givenBack) {
                throw new FencedException("the shard \"memory\" was given back: its coordinator is closed");
            }
        }

        List<StoredAccount> stored() {
            var accounts = new ArrayList<StoredAccount>(ledgers.size());
            ledgers.forEach((account, ledger) -> accounts.add(ledger.stored(account)));
            return accounts;
        }

        void apply(CommitGroup group) {
            check(group);
            for (AccountCommit commit : group.accounts()) {
                Ledger ledger = ledger(commit.account());
                ledger.apply(commit);
                holds(commit.account(), ledger);
            }
            for (CommitGroup.Cursor cursor : group.cursors()) {
                Ledger known = ledgers.get(cursor.account());
                if (cursor.offset() != CommitGroup.Cursor.FORGET) {
                    ledger(cursor.account()).cursors.put(cursor.sink(), cursor.offset());
                } else if (known != null) {
                    known.cursors.remove(cursor.sink());
                }
            }
            for (CommitGroup.Retention retention : group.retentions()) {
                Ledger known = ledgers.get(retention.account());
                if (known != null) {
                    known.trim(retention.from());
                    holds(retention.account(), known);
                }
            }
        }

        private void holds(AccountId account, Ledger ledger) {
            Long before = held.put(account, ledger.bytes);
            heldByAll.addAndGet(ledger.bytes - (before == null ? 0 : before));
        }

        /** Before anything changes: a group is taken whole or not at all. */
        private void check(CommitGroup group) {
            var ends = new HashMap<AccountId, Long>();
            for (AccountCommit commit : group.accounts()) {
                Ledger ledger = ledgers.get(commit.account());
                long end = ends.getOrDefault(commit.account(), ledger == null ? 0L : ledger.next);
                boolean begins = !ends.containsKey(commit.account()) && (ledger == null || ledger.first == ledger.next);
                if (commit.firstOffset() < 0 || commit.firstOffset() > end && !begins) {
                    throw new IllegalArgumentException(
                            commit + " leaves a gap: the journal of " + commit.account() + " ends at " + end);
                }
                if (ledger != null) {
                    ledger.checkSame(commit);
                }
                ends.put(commit.account(), Math.max(end, commit.nextOffset()));
            }
            for (CommitGroup.Cursor cursor : group.cursors()) {
                if (cursor.offset() < CommitGroup.Cursor.FORGET) {
                    throw new IllegalArgumentException("a cursor is an offset or FORGET, not " + cursor.offset());
                }
            }
        }

        List<JournalRecord> page(AccountId account, long from, int maxBytes) {
            Ledger ledger = ledgers.get(account);
            return ledger == null ? List.of() : ledger.page(account, from, maxBytes);
        }

        NavigableMap<String, byte[]> documents(AccountId account) {
            Ledger ledger = ledgers.get(account);
            return ledger == null ? Collections.emptyNavigableMap() : ledger.documents;
        }

        private Ledger ledger(AccountId account) {
            return ledgers.computeIfAbsent(account, id -> new Ledger());
        }
    }

    private static final class Ledger {
        byte @Nullable [] session;

        @Nullable
        SyncPosition position;

        final DedupeWindow window = new DedupeWindow();
        final Map<String, Long> cursors = new HashMap<>();
        final NavigableMap<String, byte[]> documents = new TreeMap<>();
        final NavigableMap<Long, byte[]> records = new TreeMap<>();
        long first;
        long next;
        long bytes;

        void apply(AccountCommit commit) {
            if (!commit.records().isEmpty() && commit.nextOffset() <= next) {
                return; // All of it is there already, and maybe newer state on top of it.
            }
            if (commit.firstOffset() > next) {
                first = commit.firstOffset();
                next = first;
            }
            session = commit.session() == null ? session : commit.session().clone();
            position = commit.position() == null ? position : commit.position();
            commit.seen().forEach(window::add);
            for (Document document : commit.documents()) {
                byte[] value = document.value();
                if (value == null) {
                    documents.remove(document.key());
                } else {
                    documents.put(document.key(), value.clone());
                }
            }
            for (int i = (int) (next - commit.firstOffset());
                    i < commit.records().size();
                    i++) {
                byte[] record = commit.records().get(i);
                records.put(next++, record);
                bytes += record.length;
            }
        }

        /** A retry repeats the bytes it stored; other bytes at a taken offset are a mistake that would lose them. */
        void checkSame(AccountCommit commit) {
            long from = Math.max(commit.firstOffset(), first);
            for (long offset = from; offset < Math.min(next, commit.nextOffset()); offset++) {
                byte[] given = commit.records().get((int) (offset - commit.firstOffset()));
                if (!Arrays.equals(given, records.get(offset))) {
                    throw new IllegalArgumentException(commit + " would replace the record at offset " + offset);
                }
            }
        }

        void trim(long from) {
            first = Math.max(first, Math.min(from, next));
            var given = records.headMap(first);
            given.values().forEach(record -> bytes -= record.length);
            given.clear();
        }

        List<JournalRecord> page(AccountId account, long from, int maxBytes) {
            var page = new ArrayList<JournalRecord>();
            long room = maxBytes;
            for (Map.Entry<Long, byte[]> record : records.tailMap(from).entrySet()) {
                room -= record.getValue().length;
                if (room < 0 && !page.isEmpty()) {
                    break;
                }
                page.add(new JournalRecord(account, record.getKey(), record.getValue()));
            }
            return page;
        }

        StoredAccount stored(AccountId account) {
            return new StoredAccount(
                    account,
                    session == null ? null : session.clone(),
                    position,
                    window.entries(),
                    first,
                    next,
                    cursors);
        }
    }
}
