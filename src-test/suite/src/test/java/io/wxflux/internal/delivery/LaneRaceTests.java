package io.wxflux.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.JournalBounds;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.StoredAccount;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import io.wxflux.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Lanes on real threads: appends, acknowledgements, outages and flushes meet at every moment. */
class LaneRaceTests {
    private static final int ACCOUNTS = 40;
    private static final int EVENTS = 250;

    /** Takes its time on another thread, is down now and then, and finds out who breaks the order. */
    private static final class MoodySink implements EventSink {
        final Map<AccountId, Long> next = new ConcurrentHashMap<>();
        final AtomicInteger wrong = new AtomicInteger();
        final Map<AccountId, AtomicInteger> busy = new ConcurrentHashMap<>();

        /** Taken out for a while: what the others have had meanwhile may be gone. */
        @Override
        public Mono<Void> missed(AccountId account, long from, long to) {
            return Mono.fromRunnable(() -> {
                if (from != next.getOrDefault(account, 0L)) {
                    wrong.incrementAndGet();
                }
                next.put(account, to);
            });
        }

        @Override
        public Mono<Void> write(EventBatch batch) {
            var inside = busy.computeIfAbsent(batch.account(), id -> new AtomicInteger());
            return Mono.<Void>defer(() -> {
                        if (inside.incrementAndGet() != 1) {
                            wrong.incrementAndGet();
                        }
                        int mood = ThreadLocalRandom.current().nextInt(100);
                        long first = batch.events().get(0).head().sequence().orElseThrow();
                        if (first != next.getOrDefault(batch.account(), 0L)) {
                            wrong.incrementAndGet();
                        }
                        if (mood == 0) {
                            return Mono.error(new SinkUnavailableException("down"));
                        }
                        next.put(batch.account(), batch.next());
                        return mood < 30 ? Mono.delay(Duration.ofMillis(1)).then() : Mono.empty();
                    })
                    .doOnTerminate(inside::decrementAndGet)
                    .subscribeOn(Schedulers.parallel());
        }
    }

    @Test
    void everyEventReachesEverySinkWhateverMeetsWhatever() {
        var sinks = List.of(new MoodySink(), new MoodySink());
        Shard shard = ((ShardEvent.Acquired) Objects.requireNonNull(
                        new InMemoryCoordinator().shards().blockFirst()))
                .shard();
        var delivery = new Delivery(
                shard,
                new LiveEvents(),
                new DeliveryOptions(
                        4_096,
                        100_000,
                        7,
                        3,
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60)),
                letter -> Mono.empty(),
                Schedulers.parallel(),
                RandomGenerator.getDefault());
        var budget = new MemoryBudget(100_000);
        Disposable running = delivery.run().subscribe();
        delivery.add(SinkSpec.of("one", sinks.get(0))).block();
        delivery.add(SinkSpec.of("two", sinks.get(1))).block();
        List<AccountJournal> journals = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            var id = AccountId.of("a" + i);
            var journal = new AccountJournal(
                    shard,
                    StoredAccount.empty(id),
                    Schedulers.parallel(),
                    delivery,
                    Retry.max(0),
                    JournalBounds.defaults(),
                    4_096,
                    budget);
            delivery.open(AccountSpec.of("a" + i), journal, contacts(journal), Map.of())
                    .block();
            journals.add(journal);
        }
        var guest = new MoodySink();
        delivery.add(SinkSpec.of("guest", guest)).block();
        Mono<Void> comingAndGoing = Flux.range(0, 25)
                .concatMap(i -> delivery.remove("guest")
                        .then(Mono.delay(Duration.ofMillis(2)))
                        .then(delivery.add(SinkSpec.of("guest", guest)))
                        .then(Mono.delay(Duration.ofMillis(2))))
                .then();
        Flux.fromIterable(journals)
                .flatMap(
                        journal -> Flux.range(0, EVENTS)
                                .concatMap(i -> journal.append(event(journal.account()), null, null))
                                .then()
                                .subscribeOn(Schedulers.parallel()),
                        ACCOUNTS,
                        1)
                .then()
                .and(comingAndGoing)
                .block(Duration.ofSeconds(60));

        delivery.drain().block(Duration.ofSeconds(30));
        for (MoodySink sink : List.of(sinks.get(0), sinks.get(1), guest)) {
            assertThat(sink.wrong).hasValue(0);
            assertThat(sink.next)
                    .hasSize(ACCOUNTS)
                    .allSatisfy((id, next) -> assertThat(next).isEqualTo(EVENTS));
        }
        assertThat(budget.used()).as("bytes still kept").isZero();
        List<StoredAccount> stored =
                Objects.requireNonNull(shard.restore().collectList().block());
        assertThat(stored)
                .hasSize(ACCOUNTS)
                .allSatisfy(account -> assertThat(account.cursors())
                        .containsEntry("one", (long) EVENTS)
                        .containsEntry("two", (long) EVENTS)
                        .containsEntry("guest", (long) EVENTS));
        Await.until(running::isDisposed);
    }

    private static AccountContacts contacts(AccountJournal journal) {
        return new AccountContacts(
                journal,
                new ContactCache(1_000),
                () -> new EventHead(journal.account(), "a", Instant.EPOCH, OptionalLong.empty()),
                RandomGenerator.getDefault(),
                Schedulers.parallel());
    }

    private static Lifecycle event(AccountId id) {
        return new Lifecycle.Ready(new EventHead(id, id.value(), Instant.EPOCH, OptionalLong.empty()), 1, 1);
    }
}
