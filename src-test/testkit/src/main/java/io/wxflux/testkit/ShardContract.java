package io.wxflux.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.FencedException;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.SyncPosition;
import io.wxflux.model.Uin;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.CommitGroup.Cursor;
import io.wxflux.shard.CommitGroup.Retention;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.DedupeWindow;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.SeenMessage;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.StoredAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every shard promises, whatever it stands on. A test class implements it and runs it. */
@SuppressWarnings("NullAway") // It does not see the @Nullable of an array in another module's class file.
public interface ShardContract extends DocumentContract {
    Duration PATIENCE = Duration.ofSeconds(60);
    AccountId ANNA = AccountId.of("anna");
    AccountId BORIS = AccountId.of("boris");

    /** The storage of this test, opened; again the same one after the coordinator before it was closed. */
    @Override
    Coordinator open();

    /** Whether results come on a thread of the shard's own. */
    boolean signalsOnItsOwnThread();

    @Test
    default void aNewShardIsEmpty() {
        try (var opened = new Opened(open())) {
            assertThat(opened.restored()).isEmpty();
            assertThat(opened.read(ANNA, 0, 1_000)).isEmpty();
        }
    }

    @Test
    default void everyGrantHasAHigherEpoch() {
        long before = 0;
        for (int i = 0; i < 4; i++) {
            try (var opened = new Opened(open())) {
                assertThat(opened.shard.epoch()).isGreaterThan(before);
                before = opened.shard.epoch();
            }
        }
    }

    @Test
    default void aCommitIsThereAfterwardsAndAfterAReopen() {
        var commit = new AccountCommit(
                ANNA, bytes("cookies"), position(7), List.of(seen(1), seen(2)), 0, List.of(bytes("a"), bytes("b")));
        try (var opened = new Opened(open())) {
            opened.commit(new CommitGroup(List.of(commit), List.of(new Cursor("file", ANNA, 1)), List.of()));
            check(opened);
        }
        try (var opened = new Opened(open())) {
            check(opened);
        }
    }

    private static void check(Opened opened) {
        StoredAccount anna = opened.restored(ANNA);
        assertThat(anna.session()).isEqualTo(bytes("cookies"));
        assertThat(anna.position()).isEqualTo(position(7));
        assertThat(anna.seen()).containsExactly(seen(1), seen(2));
        assertThat(anna.firstOffset()).isZero();
        assertThat(anna.nextOffset()).isEqualTo(2);
        assertThat(anna.cursors()).containsExactly(Map.entry("file", 1L));
        assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b");
    }

    @Test
    default void nullLeavesSessionAndPositionAsTheyAre() {
        try (var opened = new Opened(open())) {
            opened.commit(CommitGroup.of(new AccountCommit(ANNA, bytes("s"), position(1), List.of(), 0, List.of())));
            opened.commit(records(ANNA, 0, "a"));
            opened.commit(CommitGroup.of(new AccountCommit(ANNA, null, position(2), List.of(), 1, List.of())));
            opened.commit(CommitGroup.of(new AccountCommit(ANNA, bytes("t"), null, List.of(), 1, List.of())));
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored(ANNA).session()).isEqualTo(bytes("t"));
            assertThat(opened.restored(ANNA).position()).isEqualTo(position(2));
        }
    }

    @Test
    default void aSessionMayBeEmptyAndIsNotShared() {
        byte[] session = bytes("s");
        try (var opened = new Opened(open())) {
            opened.commit(CommitGroup.of(new AccountCommit(ANNA, session, null, List.of(), 0, List.of())));
            opened.commit(CommitGroup.of(new AccountCommit(BORIS, new byte[0], null, List.of(), 0, List.of())));
            session[0] = 'x';
            byte[] restored = opened.restored(ANNA).session();
            assertThat(restored).isEqualTo(bytes("s"));
            Arrays.fill(restored, (byte) 'y');
            assertThat(opened.restored(ANNA).session()).isEqualTo(bytes("s"));
            assertThat(opened.restored(BORIS).session()).isNotNull().isEmpty();
        }
    }

    @Test
    default void aGroupIsTakenWholeOrNotAtAll() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a"));
            var group = new CommitGroup(
                    List.of(share(ANNA, 1, "b"), share(ANNA, 3, "gap")),
                    List.of(new Cursor("file", ANNA, 1)),
                    List.of(new Retention(ANNA, 1)));
            assertThatThrownBy(() -> opened.commit(group)).isInstanceOf(IllegalArgumentException.class);
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a");
            assertThat(opened.restored(ANNA).cursors()).isEmpty();
            assertThat(opened.restored()).extracting(StoredAccount::account).containsExactly(ANNA);
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a");
            assertThat(opened.restored()).extracting(StoredAccount::account).containsExactly(ANNA);
        }
    }

    /** A sink that outlived the state directory already has offsets; new records must not come under those. */
    @Test
    default void aJournalWithoutRecordsMayGoOnAtAnyHigherOffset() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 500, "a", "b"));
            assertThat(opened.texts(ANNA, 0)).containsExactly("500:a", "501:b");
            opened.commit(new CommitGroup(List.of(), List.of(), List.of(new Retention(ANNA, 502))));
            opened.commit(records(ANNA, 700, "c"));
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("700:c");
            assertThat(opened.restored(ANNA).firstOffset()).isEqualTo(700);
            assertThat(opened.restored(ANNA).nextOffset()).isEqualTo(701);
            assertThatThrownBy(() -> opened.commit(records(ANNA, 800, "gap")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aGroupMayHoldSeveralSharesOfOneAccount() {
        try (var opened = new Opened(open())) {
            opened.commit(new CommitGroup(
                    List.of(share(ANNA, 0, "a", "b"), share(BORIS, 0, "x"), share(ANNA, 2, "c")),
                    List.of(),
                    List.of()));
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b", "2:c");
            assertThat(opened.texts(BORIS, 0)).containsExactly("0:x");
        }
    }

    @Test
    default void aRetryIsHarmless() {
        var first = CommitGroup.of(new AccountCommit(
                ANNA, bytes("one"), position(1), List.of(seen(1)), 0, List.of(bytes("a"), bytes("b"))));
        var second = CommitGroup.of(
                new AccountCommit(ANNA, bytes("two"), position(2), List.of(seen(2)), 2, List.of(bytes("c"))));
        try (var opened = new Opened(open())) {
            opened.commit(first);
            opened.commit(first);
            opened.commit(second);
            opened.commit(first);
        }
        try (var opened = new Opened(open())) {
            opened.commit(first);
            opened.commit(second);
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b", "2:c");
            assertThat(opened.restored(ANNA).session()).isEqualTo(bytes("two"));
            assertThat(opened.restored(ANNA).position()).isEqualTo(position(2));
            assertThat(opened.restored(ANNA).seen()).containsExactly(seen(1), seen(2));
        }
    }

    @Test
    default void aRetryOfTrimmedRecordsIsHarmless() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b"));
            opened.commit(new CommitGroup(List.of(), List.of(), List.of(new Retention(ANNA, 2))));
            opened.commit(records(ANNA, 0, "a", "b"));
            assertThat(opened.read(ANNA, 0, 100)).isEmpty();
        }
    }

    @Test
    default void aRetryThatGoesFurtherAddsTheRest() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b"));
            opened.commit(records(ANNA, 1, "b", "c"));
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b", "2:c");
        }
    }

    @Test
    default void otherBytesAtATakenOffsetAreRefused() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b"));
            assertThatThrownBy(() -> opened.commit(records(ANNA, 0, "a", "x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> opened.commit(records(ANNA, 1, "x"))).isInstanceOf(IllegalArgumentException.class);
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b");
        }
    }

    @Test
    default void aGapIsRefusedAndNothingElseSuffers() {
        try (var opened = new Opened(open())) {
            assertThatThrownBy(() -> opened.commit(records(ANNA, -1, "a")))
                    .isInstanceOf(IllegalArgumentException.class);
            opened.commit(records(ANNA, 0, "a"));
            assertThatThrownBy(() -> opened.commit(CommitGroup.of(share(ANNA, 2))))
                    .isInstanceOf(IllegalArgumentException.class);
            opened.commit(records(ANNA, 1, "b"));
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b");
        }
    }

    @Test
    default void commitsCompleteInTheOrderOfTheirSubscription() throws InterruptedException {
        try (var opened = new Opened(open())) {
            var order = new ConcurrentLinkedQueue<Integer>();
            var done = new CountDownLatch(500);
            for (int i = 0; i < 500; i++) {
                int mine = i;
                opened.shard
                        .commit(i % 5 == 4 ? cursor("file", ANNA, i) : records(ANNA, i - i / 5, "r" + i))
                        .doFinally(signal -> {
                            order.add(mine);
                            done.countDown();
                        })
                        .subscribe();
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(order)
                    .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        }
    }

    @Test
    default void manyAccountsCommitAtOnce() {
        int accounts = 40;
        int commits = 50;
        try (var opened = new Opened(open())) {
            Flux.range(0, accounts)
                    .flatMap(
                            a -> Flux.range(0, commits)
                                    .concatMap(i -> opened.shard.commit(
                                            records(account(a), 2L * i, a + "-" + i, a + "-" + i + "'")))
                                    .subscribeOn(Schedulers.parallel()),
                            accounts)
                    .then()
                    .block(PATIENCE);
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored()).hasSize(accounts);
            for (int a = 0; a < accounts; a++) {
                var expected = new ArrayList<String>();
                for (int i = 0; i < commits; i++) {
                    expected.add(2 * i + ":" + a + "-" + i);
                    expected.add(2 * i + 1 + ":" + a + "-" + i + "'");
                }
                assertThat(opened.texts(account(a), 0)).isEqualTo(expected);
            }
        }
    }

    @Test
    default void cursorsMoveAndAreForgotten() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b", "c"));
            opened.commit(cursor("file", ANNA, 3));
            opened.commit(cursor("webhook", ANNA, 1));
            opened.commit(cursor("file", ANNA, 2));
            opened.commit(cursor("old", ANNA, 1));
            opened.commit(cursor("old", ANNA, Cursor.FORGET));
            opened.commit(cursor("never", BORIS, Cursor.FORGET));
            assertThat(opened.restored(ANNA).cursors()).isEqualTo(Map.of("file", 2L, "webhook", 1L));
            assertThatThrownBy(() -> opened.commit(cursor("file", ANNA, -2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored(ANNA).cursors()).isEqualTo(Map.of("file", 2L, "webhook", 1L));
            assertThat(opened.restored()).extracting(StoredAccount::account).containsExactly(ANNA);
        }
    }

    @Test
    default void aCursorMayComeBeforeAnythingElseOfItsAccount() {
        try (var opened = new Opened(open())) {
            opened.commit(cursor("file", ANNA, 0));
            assertThat(opened.restored(ANNA).cursors()).containsExactly(Map.entry("file", 0L));
        }
    }

    @Test
    default void recordsBelowTheRetentionAreGone() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b", "c", "d"));
            opened.commit(retention(ANNA, 2));
            assertThat(opened.texts(ANNA, 0)).containsExactly("2:c", "3:d");
            assertThat(opened.texts(ANNA, 3)).containsExactly("3:d");
            assertThat(opened.restored(ANNA).firstOffset()).isEqualTo(2);
            assertThat(opened.restored(ANNA).nextOffset()).isEqualTo(4);
            opened.commit(retention(ANNA, 1));
            opened.commit(retention(BORIS, 9));
            assertThat(opened.restored(ANNA).firstOffset()).isEqualTo(2);
            assertThat(opened.restored()).hasSize(1);
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored(ANNA).firstOffset()).isEqualTo(2);
            assertThat(opened.texts(ANNA, 0)).containsExactly("2:c", "3:d");
        }
    }

    @Test
    default void aRetentionBeyondTheEndTrimsEverythingAndNothingToCome() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "a", "b"));
            opened.commit(retention(ANNA, 100));
            assertThat(opened.restored(ANNA).firstOffset()).isEqualTo(2);
            opened.commit(records(ANNA, 2, "c"));
            assertThat(opened.texts(ANNA, 0)).containsExactly("2:c");
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.texts(ANNA, 0)).containsExactly("2:c");
        }
    }

    @Test
    default void whatIsHeldIsCountedUntilItIsGivenUp() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "aaaa", "bb"));
            opened.commit(records(ANNA, 0, "aaaa", "bb"));
            opened.commit(records(BORIS, 0, "c"));
            assertThat(opened.shard.heldBytes(ANNA)).isEqualTo(6);
            assertThat(opened.shard.heldBytes()).isEqualTo(7);
            opened.commit(retention(ANNA, 1));
        }
        try (var opened = new Opened(open())) {
            opened.restored();
            assertThat(opened.shard.heldBytes(ANNA)).isEqualTo(2);
            opened.commit(retention(ANNA, 2));
            assertThat(opened.shard.heldBytes(ANNA)).isZero();
            assertThat(opened.shard.heldBytes()).isEqualTo(1);
        }
    }

    @Test
    default void aRetentionCountsTheRecordsOfItsOwnGroup() {
        try (var opened = new Opened(open())) {
            opened.commit(new CommitGroup(
                    List.of(share(ANNA, 0, "a", "b", "c")), List.of(), List.of(new Retention(ANNA, 2))));
            assertThat(opened.texts(ANNA, 0)).containsExactly("2:c");
        }
    }

    @Test
    default void pagesHoldAtLeastOneRecordAndThenWhatFits() {
        try (var opened = new Opened(open())) {
            opened.commit(records(ANNA, 0, "aaaa", "bb", "c"));
            opened.commit(records(ANNA, 3, "dddddddd", "e"));
            assertThat(opened.texts(ANNA, 0, 0)).containsExactly("0:aaaa");
            assertThat(opened.texts(ANNA, 0, 5)).containsExactly("0:aaaa");
            assertThat(opened.texts(ANNA, 0, 6)).containsExactly("0:aaaa", "1:bb");
            assertThat(opened.texts(ANNA, 0, 7)).containsExactly("0:aaaa", "1:bb", "2:c");
            assertThat(opened.texts(ANNA, 2, 8)).containsExactly("2:c");
            assertThat(opened.texts(ANNA, 3, 1)).containsExactly("3:dddddddd");
            assertThat(opened.texts(ANNA, 3, Integer.MAX_VALUE)).containsExactly("3:dddddddd", "4:e");
            assertThat(opened.texts(ANNA, 5, 10)).isEmpty();
            assertThat(opened.texts(ANNA, 99, 10)).isEmpty();
            assertThat(opened.texts(ANNA, -1, 1)).containsExactly("0:aaaa");
        }
    }

    @Test
    default void recordsMayBeLargeAndEmpty() {
        var large = new byte[3 << 20];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 ^ i >>> 9);
        }
        try (var opened = new Opened(open())) {
            opened.commit(CommitGroup.of(
                    new AccountCommit(ANNA, null, null, List.of(), 0, List.of(new byte[0], large, new byte[0]))));
        }
        try (var opened = new Opened(open())) {
            List<JournalRecord> records = opened.read(ANNA, 0, Integer.MAX_VALUE);
            assertThat(records).extracting(JournalRecord::offset).containsExactly(0L, 1L, 2L);
            assertThat(records.get(0).payload()).isEmpty();
            assertThat(records.get(1).payload()).isEqualTo(large);
        }
    }

    @Test
    default void theDedupeWindowKeepsItsBounds() {
        var expected = new DedupeWindow();
        try (var opened = new Opened(open())) {
            for (int from = 0; from < 2_600; from += 100) {
                List<SeenMessage> delta = IntStream.range(from, from + 100)
                        .mapToObj(ShardContract::seen)
                        .toList();
                delta.forEach(expected::add);
                opened.commit(CommitGroup.of(new AccountCommit(ANNA, null, null, delta, 0, List.of())));
            }
            assertThat(opened.restored(ANNA).seen())
                    .hasSize(DedupeWindow.MAX_IDS)
                    .isEqualTo(expected.entries());
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored(ANNA).seen()).isEqualTo(expected.entries());
            var late = new SeenMessage(new Uin(5), new MsgId("late"), 2_599 + DedupeWindow.MAX_AGE_SECONDS);
            var again = seen(2_599);
            opened.commit(CommitGroup.of(new AccountCommit(ANNA, null, null, List.of(late, again), 0, List.of())));
            assertThat(opened.restored(ANNA).seen()).containsExactly(again, late);
        }
        try (var opened = new Opened(open())) {
            assertThat(opened.restored(ANNA).seen()).extracting(SeenMessage::id).contains(new MsgId("late"));
            assertThat(opened.restored(ANNA).seen()).hasSize(2);
        }
    }

    @Test
    default void restoreSeesWhatWasCommittedBeforeIt() {
        try (var opened = new Opened(open())) {
            var restored = new AtomicReference<@Nullable List<StoredAccount>>();
            Mono<Void> commits = Flux.range(0, 50)
                    .flatMapSequential(i -> opened.shard.commit(records(ANNA, i, "r" + i)), 50)
                    .then();
            Mono<List<StoredAccount>> restore = opened.shard.restore().collectList();
            Mono.when(commits, restore.doOnNext(restored::set)).block(PATIENCE);
            assertThat(restored.get())
                    .singleElement()
                    .satisfies(anna -> assertThat(anna.nextOffset()).isEqualTo(50));
        }
    }

    @Test
    default void aReadSeesACompletedCommit() {
        try (var opened = new Opened(open())) {
            for (int i = 0; i < 100; i++) {
                int offset = i;
                List<JournalRecord> page = opened.shard
                        .commit(records(ANNA, offset, "r" + offset))
                        .then(Mono.defer(() -> opened.shard.read(ANNA, offset, 100)))
                        .block(PATIENCE);
                assertThat(page).extracting(JournalRecord::offset).containsExactly((long) offset);
            }
        }
    }

    @Test
    default void nothingHappensBeforeTheSubscription() {
        try (var opened = new Opened(open())) {
            Mono<Void> commit = opened.shard.commit(records(ANNA, 0, "a"));
            assertThat(opened.restored()).isEmpty();
            commit.block(PATIENCE);
            assertThat(opened.restored()).hasSize(1);
        }
    }

    @Test
    default void cancellationDoesNotUndoACommit() {
        try (var opened = new Opened(open())) {
            opened.shard.commit(records(ANNA, 0, "a")).subscribe().dispose();
            opened.commit(records(ANNA, 1, "b"));
            assertThat(opened.texts(ANNA, 0)).containsExactly("0:a", "1:b");
        }
    }

    @Test
    default void resultsComeOnTheThreadTheyArePromisedOn() {
        try (var opened = new Opened(open())) {
            var threads = new ConcurrentLinkedQueue<Thread>();
            Mono<?>[] calls = {
                opened.shard.commit(records(ANNA, 0, "a")).doOnTerminate(() -> threads.add(Thread.currentThread())),
                opened.shard
                        .commit(records(ANNA, 9, "a"))
                        .onErrorComplete()
                        .doOnTerminate(() -> threads.add(Thread.currentThread())),
                opened.shard.read(ANNA, 0, 10).doOnTerminate(() -> threads.add(Thread.currentThread())),
                opened.shard.document(ANNA, "a").doOnTerminate(() -> threads.add(Thread.currentThread())),
                opened.shard.documentKeys(ANNA, "").doOnTerminate(() -> threads.add(Thread.currentThread())),
                opened.shard.restore().then().doOnTerminate(() -> threads.add(Thread.currentThread()))
            };
            for (Mono<?> call : calls) {
                call.block(PATIENCE);
            }
            if (signalsOnItsOwnThread()) {
                assertThat(threads).hasSize(6).doesNotContain(Thread.currentThread());
            } else {
                assertThat(threads).hasSize(6).containsOnly(Thread.currentThread());
            }
        }
    }

    @Test
    default void aClosedShardTakesNothingAndClosingTwiceIsHarmless() {
        Coordinator coordinator = open();
        var opened = new Opened(coordinator);
        opened.commit(records(ANNA, 0, "a"));
        coordinator.close().block(PATIENCE);
        coordinator.close().block(PATIENCE);
        assertThatThrownBy(() -> opened.commit(records(ANNA, 1, "b"))).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> opened.read(ANNA, 0, 10)).isInstanceOf(FencedException.class);
        assertThatThrownBy(opened::restored).isInstanceOf(FencedException.class);
    }

    @Test
    default void closingLetsPendingCommitsComplete() {
        Coordinator coordinator = open();
        var opened = new Opened(coordinator);
        Mono<Long> pending = Flux.range(0, 200)
                .flatMapSequential(
                        i -> opened.shard.commit(records(ANNA, i, "r" + i)).thenReturn(i), 200)
                .count();
        Mono.zip(pending, coordinator.close().thenReturn("closed")).block(PATIENCE);
        try (var again = new Opened(open())) {
            assertThat(again.restored(ANNA).nextOffset()).isEqualTo(200);
        }
    }

    @Test
    default void aCoordinatorGrantsOnceAndCompletesWhenClosed() {
        Coordinator coordinator = open();
        var events = new ConcurrentLinkedQueue<ShardEvent>();
        Mono<Void> all = coordinator.shards().doOnNext(events::add).then();
        var completed = new CountDownLatch(1);
        all.doOnTerminate(completed::countDown).subscribe();
        assertThatThrownBy(() -> coordinator.shards().blockFirst(PATIENCE)).isInstanceOf(EngineStateException.class);
        assertThat(completed.getCount()).isOne();
        coordinator.close().block(PATIENCE);
        assertThat(Mono.fromRunnable(() -> {
                            try {
                                assertThat(completed.await(10, TimeUnit.SECONDS))
                                        .isTrue();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .subscribeOn(Schedulers.boundedElastic())
                        .blockOptional(PATIENCE))
                .isEmpty();
        assertThat(events).singleElement().isInstanceOf(ShardEvent.Acquired.class);
    }

    @Test
    default void closingBeforeTakingGrantsNothing() {
        Coordinator coordinator = open();
        coordinator.close().block(PATIENCE);
        assertThatThrownBy(() -> coordinator.shards().blockFirst(PATIENCE)).isInstanceOf(EngineStateException.class);
    }

    static CommitGroup records(AccountId account, long firstOffset, String... texts) {
        return CommitGroup.of(share(account, firstOffset, texts));
    }

    static AccountCommit share(AccountId account, long firstOffset, String... texts) {
        List<byte[]> payloads = Stream.of(texts).map(ShardContract::bytes).toList();
        return new AccountCommit(account, null, null, List.of(), firstOffset, payloads);
    }

    static CommitGroup cursor(String sink, AccountId account, long offset) {
        return new CommitGroup(List.of(), List.of(new Cursor(sink, account, offset)), List.of());
    }

    static CommitGroup retention(AccountId account, long from) {
        return new CommitGroup(List.of(), List.of(), List.of(new Retention(account, from)));
    }

    static SeenMessage seen(int i) {
        return new SeenMessage(new Uin(1_000 + i % 3), new MsgId("90071992547409" + i), i);
    }

    static SyncPosition position(int i) {
        var key = new SyncKey(List.of(new SyncKey.Entry(1, 698_325_105L + i), new SyncKey.Entry(1000, -i)));
        return new SyncPosition(key, new SyncKey(List.of(new SyncKey.Entry(i, Long.MAX_VALUE))));
    }

    static AccountId account(int i) {
        return AccountId.of("account-" + i);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A shard that waits for its answers, for tests. */
    final class Opened implements AutoCloseable {
        public final Shard shard;
        private final Coordinator coordinator;

        public Opened(Coordinator coordinator) {
            this.coordinator = coordinator;
            var acquired = (ShardEvent.Acquired) coordinator.shards().blockFirst(PATIENCE);
            if (acquired == null) {
                throw new AssertionError("no shard was granted");
            }
            this.shard = acquired.shard();
        }

        public void commit(CommitGroup group) {
            shard.commit(group).block(PATIENCE);
        }

        public List<JournalRecord> read(AccountId account, long from, int maxBytes) {
            List<JournalRecord> page = shard.read(account, from, maxBytes).block(PATIENCE);
            if (page == null) {
                throw new AssertionError("a page may be empty, but is there");
            }
            return page;
        }

        public List<String> texts(AccountId account, long from) {
            return texts(account, from, 1 << 20);
        }

        public List<String> texts(AccountId account, long from, int maxBytes) {
            return read(account, from, maxBytes).stream()
                    .map(record -> record.offset() + ":" + new String(record.payload(), StandardCharsets.UTF_8))
                    .toList();
        }

        public List<StoredAccount> restored() {
            return shard.restore().collectList().blockOptional(PATIENCE).orElseThrow();
        }

        public StoredAccount restored(AccountId account) {
            var accounts = new HashMap<AccountId, StoredAccount>();
            restored().forEach(stored -> accounts.put(stored.account(), stored));
            return accounts.getOrDefault(account, StoredAccount.empty(account));
        }

        @Override
        public void close() {
            coordinator.close().block(PATIENCE);
        }
    }
}
