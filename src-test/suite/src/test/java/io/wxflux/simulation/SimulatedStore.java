package io.wxflux.simulation;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.model.AccountId;
import io.wxflux.model.SyncPosition;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.ShardId;
import io.wxflux.shard.StoredAccount;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The disk, over all lives of the process. What is on it is the in-memory shard; before it is there, a commit is written,
 * then forced, and a crash keeps any beginning of what was not forced yet. Groups of cursors alone are never forced by
 * themselves: they survive a kill, and may be gone when the power fails.
 */
final class SimulatedStore {
    /** A disk that takes longer keeps cursors waiting, too. */
    private static final int SLOW = 1_000;

    private final VirtualTime time;
    private final Trace trace;
    private final SplittableRandom random;
    private final Map<AccountId, SyncPosition> positions = new HashMap<>();
    private final Map<AccountId, JournalLog> journals = new HashMap<>();

    /** The position before the durable one, while the engine is being told of that. */
    private final Map<AccountId, SyncPosition> outdated = new HashMap<>();

    /** Accounts whose last position the disk refused. */
    private final Set<AccountId> refused = new HashSet<>();

    private final Map<Place, Long> cursors = new HashMap<>();

    /** The last that the engine asked for, where the disk refused it. */
    private final Map<Place, Long> refusedCursors = new HashMap<>();

    private final Deque<Write> unforced = new ArrayDeque<>();
    private InMemoryCoordinator memory = new InMemoryCoordinator();
    private @Nullable Shard disk;
    private long lastSettled;
    private long healthySince;
    int commitMillis;
    boolean full;
    boolean unreadable;
    /** The outcome of the next commit is not known; nothing is done after it until the process starts again. */
    boolean losesTrack;

    private boolean lostTrack;

    SimulatedStore(VirtualTime time, Trace trace, SplittableRandom random, int commitMillis) {
        this.time = time;
        this.trace = trace;
        this.random = random;
        this.commitMillis = commitMillis;
    }

    private record Place(String sink, AccountId account) {}

    /** One commit between its begin and its force. */
    private static final class Write {
        final CommitGroup group;
        final Sinks.Empty<Void> done = Sinks.empty();
        boolean written;

        Write(CommitGroup group) {
            this.group = group;
        }
    }

    @Nullable
    SyncPosition durable(AccountId account) {
        return positions.get(account);
    }

    /**
     * What an account that is parked may still show beside the durable position. It polls at its own pace while its commit
     * is tried again, so that a poll can leave between the moment the disk takes the commit at last and the moment the
     * engine hears of it, one hop later. It then shows what has been acknowledged before, which does no harm, and nobody
     * could know better. Any other account waits for its commit, and has no such moment.
     */
    @Nullable
    SyncPosition outdated(AccountId account) {
        return outdated.get(account);
    }

    /**
     * Where a sink begins after a stop, when the disk refused the cursor that the engine wanted stored last; a cursor that
     * it did not try to store is not excused by a full disk.
     *
     * @param next what the sink wants next
     * @return -1 = nothing was refused, or not all of it
     */
    long refusedFrom(String sink, AccountId account, long next) {
        var place = new Place(sink, account);
        return refusedCursors.getOrDefault(place, -1L) >= next ? cursors.getOrDefault(place, 0L) : -1;
    }

    JournalLog journal(AccountId account) {
        return journals.computeIfAbsent(account, id -> new JournalLog());
    }

    /** Since when every commit has been taken in its time. */
    long healthySince() {
        return commitMillis > SLOW || full || unreadable || losesTrack || lostTrack ? time.millis() : healthySince;
    }

    /** @param power whether what was written and not forced may be lost, too */
    void crashed(boolean power) {
        boolean lost = false;
        for (Write write : unforced) {
            lost |= power || !write.written ? random.nextBoolean() : false;
            if (!lost) {
                apply(write.group);
            }
        }
        unforced.clear();
        lostTrack = false;
        journals.values().forEach(JournalLog::begin);
    }

    private void apply(CommitGroup group) {
        if (disk == null) {
            throw new AssertionError("nothing was granted yet");
        }
        disk.commit(group).subscribe();
        for (AccountCommit commit : group.accounts()) {
            journal(commit.account()).took(commit, time.millis());
            SyncPosition position = commit.position();
            if (position != null) {
                SyncPosition before = positions.put(commit.account(), position);
                if (refused.remove(commit.account()) && before != null) {
                    outdated.put(commit.account(), before);
                }
            }
        }
        group.cursors().forEach(cursor -> cursors.put(new Place(cursor.sink(), cursor.account()), cursor.offset()));
    }

    private void refuse(CommitGroup group) {
        group.accounts().stream()
                .filter(commit -> commit.position() != null)
                .forEach(commit -> refused.add(commit.account()));
        group.cursors()
                .forEach(cursor -> refusedCursors.put(new Place(cursor.sink(), cursor.account()), cursor.offset()));
    }

    /** What a process opens. */
    Coordinator open(Life life) {
        memory = memory.reopen();
        outdated.clear();
        refused.clear();
        refusedCursors.clear();
        return new Coordinator() {
            @Override
            public Flux<ShardEvent> shards() {
                return memory.shards().map(event -> {
                    if (event instanceof ShardEvent.Acquired acquired) {
                        disk = acquired.shard();
                        return new ShardEvent.Acquired(new Granted(life, acquired.shard()));
                    }
                    return event;
                });
            }

            @Override
            public Mono<Void> close() {
                return Mono.defer(() -> {
                    if (!life.isAlive()) {
                        return Mono.never();
                    }
                    if (lostTrack) {
                        crashed(true);
                    } else {
                        // A clean end forces what was written.
                        unforced.stream().filter(write -> write.written).forEach(write -> apply(write.group));
                        unforced.clear();
                    }
                    return memory.close();
                });
            }
        };
    }

    private final class Granted implements Shard {
        private final Life life;
        private final Shard shard;

        private Granted(Life life, Shard shard) {
            this.life = life;
            this.shard = shard;
        }

        @Override
        public ShardId id() {
            return shard.id();
        }

        @Override
        public long epoch() {
            return shard.epoch();
        }

        @Override
        public Flux<AccountSpec> accounts() {
            return shard.accounts();
        }

        @Override
        public Flux<StoredAccount> restore() {
            return shard.restore();
        }

        @Override
        public Mono<Void> commit(CommitGroup group) {
            return Mono.defer(() -> {
                if (!life.touch()) {
                    return Mono.never();
                }
                var write = new Write(group);
                unforced.add(write);
                trace.add("store", "commit", size(group));
                long takes = commitMillis == 0 ? 0 : random.nextInt(commitMillis + 1);
                lastSettled = Math.max(lastSettled, time.millis() + takes);
                time.in(life, lastSettled - time.millis(), () -> settle(write));
                return write.done.asMono();
            });
        }

        private void settle(Write write) {
            trace.add(
                    "store",
                    "QQ settle "
                            + write.group.accounts().stream()
                                    .map(c -> c.account() + "@" + c.position())
                                    .toList() + " full " + full + " lost " + lostTrack + " in "
                            + unforced.contains(write));
            if (lostTrack || losesTrack && !write.group.accounts().isEmpty()) {
                losesTrack = false;
                lostTrack = true;
                trace.add("store", "does not know what became of a commit");
                write.done.tryEmitError(new UnknownOutcomeException("the disk failed to force"));
                return;
            }
            if (commitMillis > SLOW) {
                healthySince = time.millis();
            }
            // One that was written after it, and forced at the same instant, has forced it as well.
            boolean forced = !unforced.contains(write);
            if (full && !forced) {
                healthySince = time.millis();
                unforced.remove(write);
                refuse(write.group);
                write.done.tryEmitError(new StoreUnavailableException("the disk is full"));
                return;
            }
            write.written = true;
            write.group.cursors().forEach(cursor -> refusedCursors.remove(new Place(cursor.sink(), cursor.account())));
            if (!forced && !write.group.accounts().isEmpty()) {
                Write next = unforced.poll();
                while (next != null) {
                    apply(next.group);
                    next = next == write ? null : unforced.poll();
                }
            }
            write.done.tryEmitEmpty();
            // Behind the hop that the engine is told by, however long that is.
            List<AccountId> told = write.group.accounts().stream()
                    .map(AccountCommit::account)
                    .filter(outdated::containsKey)
                    .toList();
            if (!told.isEmpty()) {
                time.afterHops(life, () -> told.forEach(outdated::remove));
            }
        }

        @Override
        public Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes) {
            return readable(() -> {
                trace.add(account.value(), "page read from", from);
                return shard.read(account, from, maxBytes)
                        .doOnNext(
                                page -> page.forEach(record -> journal(account).read(record.offset())));
            });
        }

        @Override
        public Mono<byte[]> document(AccountId account, String key) {
            return readable(() -> shard.document(account, key));
        }

        @Override
        public Mono<List<String>> documentKeys(AccountId account, String prefix) {
            return readable(() -> shard.documentKeys(account, prefix));
        }

        private <T> Mono<T> readable(Supplier<Mono<T>> reading) {
            return Mono.defer(() -> {
                if (!life.isAlive()) {
                    return Mono.never();
                }
                if (lostTrack) {
                    return Mono.error(new UnknownOutcomeException("the disk failed to force"));
                }
                return unreadable
                        ? Mono.error(new StoreUnavailableException("the disk does not answer"))
                        : reading.get();
            });
        }
    }

    private static long size(CommitGroup group) {
        long records = group.accounts().stream()
                .mapToLong(commit -> commit.records().size())
                .sum();
        return records * 1_000 + group.cursors().size();
    }
}
