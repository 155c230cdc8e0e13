package io.wxflux;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.StoreUnavailableException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A store in memory that takes its time, fails on demand, dies with its process, and knows which position of each account
 * is durable at this moment.
 */
final class WatchedStore implements Coordinator {
    private final InMemoryCoordinator memory;
    private final Scheduler time;
    private final Map<AccountId, SyncPosition> durable;
    private final List<CommitGroup> commits = new ArrayList<>();
    Duration commitTakes = Duration.ZERO;
    boolean full;

    /** What begins with it cannot be read now; empty for nothing. */
    String unreadable = "";

    /** Keys of documents that were changed on the disk, until they are written or removed. */
    final Set<String> damaged = new HashSet<>();

    private int documentsRead;
    private boolean dead;

    WatchedStore(Scheduler time) {
        this(new InMemoryCoordinator(), time, new HashMap<>());
    }

    private WatchedStore(InMemoryCoordinator memory, Scheduler time, Map<AccountId, SyncPosition> durable) {
        this.memory = memory;
        this.time = time;
        this.durable = durable;
    }

    /** What the next process opens. */
    WatchedStore reopen() {
        dead = true;
        return new WatchedStore(memory.reopen(), time, durable);
    }

    /** Groups in the order in which they became durable. */
    List<CommitGroup> commits() {
        return commits;
    }

    int documentsRead() {
        return documentsRead;
    }

    /** Whether this webwxsync key value is the durable one. */
    boolean isDurable(AccountId account, long value) {
        SyncPosition position = durable.get(account);
        return position != null && position.syncKey().entries().stream().anyMatch(entry -> entry.val() == value);
    }

    /** The cursors of an account as the store has them, per sink. */
    Map<String, Long> cursors(String account) {
        var cursors = new HashMap<String, Long>();
        commits.forEach(group -> group.cursors().stream()
                .filter(cursor -> cursor.account().value().equals(account))
                .forEach(cursor -> cursors.put(cursor.sink(), cursor.offset())));
        return cursors;
    }

    @Override
    public Flux<ShardEvent> shards() {
        return memory.shards()
                .map(event -> event instanceof ShardEvent.Acquired acquired
                        ? new ShardEvent.Acquired(new Watched(acquired.shard()))
                        : event);
    }

    @Override
    public Mono<Void> close() {
        return dead ? Mono.empty() : memory.close();
    }

    private final class Watched implements Shard {
        private final Shard shard;

        private Watched(Shard shard) {
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
            Mono<Void> now = Mono.defer(() -> {
                if (dead) {
                    return Mono.never();
                }
                if (full) {
                    return Mono.error(new StoreUnavailableException("the disk is full"));
                }
                return shard.commit(group).doOnSuccess(done -> {
                    commits.add(group);
                    group.accounts().forEach(this::remember);
                    group.accounts()
                            .forEach(commit -> commit.documents().forEach(document -> damaged.remove(document.key())));
                });
            });
            // A commit that was begun is not undone by whoever waits for it.
            return commitTakes.isZero()
                    ? now
                    : Mono.delay(commitTakes, time).then(now).cache();
        }

        @Override
        public Mono<byte[]> document(AccountId account, String key) {
            return Mono.defer(() -> {
                documentsRead++;
                if (!unreadable.isEmpty() && key.startsWith(unreadable)) {
                    return Mono.error(new StoreUnavailableException("the disk does not answer"));
                }
                return damaged.contains(key)
                        ? Mono.error(new CorruptStoreException("the document " + key + " is not what was written"))
                        : shard.document(account, key);
            });
        }

        @Override
        public Mono<List<String>> documentKeys(AccountId account, String prefix) {
            return shard.documentKeys(account, prefix);
        }

        @Override
        public long heldBytes(AccountId account) {
            return shard.heldBytes(account);
        }

        @Override
        public long heldBytes() {
            return shard.heldBytes();
        }

        private void remember(AccountCommit commit) {
            SyncPosition position = commit.position();
            if (position != null) {
                durable.put(commit.account(), position);
            }
        }

        @Override
        public Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes) {
            return shard.read(account, from, maxBytes);
        }
    }
}
