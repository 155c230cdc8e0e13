package io.wxflux.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.AccountId;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardId;
import io.wxflux.shard.StoredAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** A page from the shard: a sink that works on it must not do so on the thread that tells everybody of their commits. */
class JournalPageTests {
    private static final AccountId ALICE = AccountId.of("alice");
    private final Scheduler shards = Schedulers.newSingle("shard");
    private final Scheduler engine = Schedulers.newSingle("engine");

    private final Shard shard = new Shard() {
        @Override
        public ShardId id() {
            return new ShardId("test");
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Flux<StoredAccount> restore() {
            return Flux.empty();
        }

        @Override
        public Mono<Void> commit(CommitGroup group) {
            return Mono.empty();
        }

        @Override
        public Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes) {
            return Mono.fromSupplier(() -> List.of(new JournalRecord(account, from, new byte[] {1})))
                    .subscribeOn(shards);
        }

        @Override
        public Mono<byte[]> document(AccountId account, String key) {
            return Mono.empty();
        }

        @Override
        public Mono<List<String>> documentKeys(AccountId account, String prefix) {
            return Mono.just(List.of());
        }
    };

    private static final class Deaf implements JournalListener {
        @Override
        public Pending takePending(AccountId account) {
            return Pending.NONE;
        }

        @Override
        public void appended(AccountJournal journal, List<Slot> slots) {}
    }

    @Test
    void itsReaderGoesOnOnTheEnginesThreads() {
        var stored = new StoredAccount(ALICE, new byte[0], null, List.of(), 0, 3, Map.of());
        var journal = new AccountJournal(
                shard,
                stored,
                engine,
                new Deaf(),
                Retry.max(0),
                JournalBounds.defaults(),
                1_000,
                new MemoryBudget(1_000));
        try {
            String thread = journal.page(0, 10, 1_000)
                    .map(slots -> Thread.currentThread().getName())
                    .block(Duration.ofSeconds(10));
            assertThat(thread).startsWith("engine");
        } finally {
            shards.dispose();
            engine.dispose();
        }
    }
}
