package io.wxflux.internal.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.JournalListener;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.StoredAccount;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The cache is bounded, keeps what is in use, and never holds what is older than the store. */
class ContactCacheTests {
    private static final int LIMIT = 100_000;

    private final ContactCache cache = new ContactCache(LIMIT);
    private final ContactStore store = new ContactStore(journal(), cache);

    private static AccountJournal journal() {
        var shard = ((ShardEvent.Acquired) Objects.requireNonNull(
                        new InMemoryCoordinator().shards().blockFirst()))
                .shard();
        var listener = new JournalListener() {
            @Override
            public Pending takePending(AccountId account) {
                return Pending.NONE;
            }

            @Override
            public void appended(AccountJournal journal, List<Slot> slots) {}
        };
        return new AccountJournal(
                shard,
                StoredAccount.empty(AccountId.of("a")),
                Schedulers.immediate(),
                listener,
                Retry.max(0),
                JournalBounds.defaults(),
                1_000,
                new MemoryBudget(1_000));
    }

    private static Piece.Room room(int number, int members) {
        return Piece.Room.of(Contact.named(UserName.of("@@" + number))
                .withRoom(Contact.Room.UNKNOWN.withMembers(IntStream.range(0, members)
                        .mapToObj(i -> new Contact.Member(UserName.of("@" + number + "-" + i), "nick", ""))
                        .toList())));
    }

    @Test
    void bytesAreBoundedWhateverComes() {
        for (int i = 0; i < 2_000; i++) {
            cache.put(store, "r" + i % 700, room(i, i % 50));
            assertThat(cache.used()).isBetween(0L, (long) LIMIT);
        }
        cache.put(store, "huge", room(1, 5_000));
        assertThat(cache.get(store, "huge")).isNull();
        cache.forget(store);
        assertThat(cache.used()).isZero();
    }

    @Test
    void whatIsInUseStays() {
        cache.put(store, "used", room(0, 10));
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get(store, "used")).isNotNull();
            cache.put(store, "r" + i, room(i, 10));
        }
    }

    @Test
    void whatWasReadBeforeACommitIsNotKept() {
        cache.offer(store, "a", room(1, 1), () -> false);
        assertThat(cache.get(store, "a")).isNull();
        store.durable(Map.of("a", room(2, 2)));
        cache.offer(store, "a", room(1, 1), () -> true);
        assertThat(cache.get(store, "a")).isEqualTo(room(2, 2));
    }
}
