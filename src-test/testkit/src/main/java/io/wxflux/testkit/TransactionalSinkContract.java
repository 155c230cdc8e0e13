package io.wxflux.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.model.Message;
import io.wxflux.model.MessageHeader;
import io.wxflux.model.MsgId;
import io.wxflux.model.Party;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.TransactionalSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What every transactional sink promises: each event once, in order, whatever crashes when. A test class implements it for
 * its sink and runs it.
 */
public interface TransactionalSinkContract {
    Duration SOON = Duration.ofSeconds(30);
    AccountId ANNA = AccountId.of("anna");
    AccountId BORIS = AccountId.of("boris");

    /**
     * A sink over the storage of this test, not opened yet. Called again after the sink before was closed or {@linkplain
     * #crash crashed}: then it is the same storage, as that one left it.
     */
    TransactionalSink sink();

    /** The process of the sink is gone at this moment: what it was writing stays there as far as it got, or not at all. */
    void crash(TransactionalSink sink);

    /** Ids of the account's events in the order in which they are stored, read from the storage itself. */
    List<String> stored(AccountId account);

    @Test
    default void anEmptyOneHoldsNoPlace() {
        TransactionalSink sink = opened();
        assertThat(position(sink, ANNA)).isEmpty();
        assertThat(stored(ANNA)).isEmpty();
        close(sink);
    }

    @Test
    default void eventsAndPlaceAreThereWhenAWriteHasCompletedAndAfterAReopen() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 3));
        write(sink, batch(ANNA, 3, 4));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 4));
        assertThat(position(sink, ANNA)).hasValue(4);
        close(sink);
        TransactionalSink again = opened();
        assertThat(position(again, ANNA)).hasValue(4);
        write(again, batch(ANNA, 4, 6));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 6));
        close(again);
    }

    @Test
    default void thePlaceIsTheEndOfTheBatchAlsoWhereOffsetsWereLeftOut() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 10, 12));
        write(sink, batch(ANNA, 20, 21));
        assertThat(position(sink, ANNA)).hasValue(21);
        assertThat(stored(ANNA)).containsExactly(id(ANNA, 10), id(ANNA, 11), id(ANNA, 20));
        close(sink);
    }

    @Test
    default void whatIsOfferedAgainIsStoredOnce() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 3));
        write(sink, batch(ANNA, 0, 3));
        write(sink, batch(ANNA, 1, 5));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 5));
        assertThat(position(sink, ANNA)).hasValue(5);
        write(sink, batch(ANNA, 2, 4));
        assertThat(position(sink, ANNA)).as("never goes back").hasValue(5);
        close(sink);
        TransactionalSink again = opened();
        write(again, batch(ANNA, 3, 6));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 6));
        close(again);
    }

    /** The write is there, its completion was never seen. */
    @Test
    default void aCrashBetweenWriteAndAcknowledgementDoublesNothing() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 3));
        crash(sink);
        TransactionalSink again = opened();
        assertThat(position(again, ANNA)).hasValue(3);
        write(again, batch(ANNA, 0, 5));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 5));
        close(again);
    }

    @Test
    default void aCrashWithinAWriteLeavesAllOfABatchOrNothing() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 2));
        // Not disposed of: a write that is cut by the crash fails, and nobody would take the error.
        sink.write(batch(ANNA, 2, 40)).subscribe(done -> {}, error -> {});
        crash(sink);
        TransactionalSink again = opened();
        long reached = position(again, ANNA).orElse(0);
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, reached));
        write(again, batch(ANNA, reached, 50));
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 50));
        close(again);
    }

    @Test
    default void aWriteThatIsCancelledAndOfferedAgainIsStoredOnce() {
        TransactionalSink sink = opened();
        for (int i = 0; i < 20; i++) {
            long from = i * 5L;
            sink.write(batch(ANNA, from, from + 5))
                    .subscribe(done -> {}, error -> {})
                    .dispose();
            write(sink, batch(ANNA, from, from + 5));
        }
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 100));
        close(sink);
    }

    @Test
    default void accountsHaveTheirOwnPlacesAndMayWriteAtTheSameTime() {
        TransactionalSink sink = opened();
        Flux.range(0, 20)
                .flatMap(
                        number -> Flux.range(0, 10)
                                .concatMap(i -> sink.write(batch(AccountId.of("a" + number), i * 3L, i * 3L + 3)))
                                .then(),
                        20,
                        1)
                .blockLast(SOON);
        for (int number = 0; number < 20; number++) {
            AccountId account = AccountId.of("a" + number);
            assertThat(position(sink, account)).hasValue(30);
            assertThat(stored(account)).containsExactlyElementsOf(ids(account, 0, 30));
        }
        close(sink);
    }

    /** An event that was rejected and put aside comes later than those behind it. */
    @Test
    default void aReplayedEventIsStoredWithoutMovingThePlace() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 2));
        write(sink, batch(ANNA, 3, 5));
        sink.replay(event(ANNA, 2)).block(SOON);
        assertThat(position(sink, ANNA)).hasValue(5);
        assertThat(stored(ANNA)).containsExactly(id(ANNA, 0), id(ANNA, 1), id(ANNA, 3), id(ANNA, 4), id(ANNA, 2));
        close(sink);
        TransactionalSink again = opened();
        assertThat(position(again, ANNA)).hasValue(5);
        write(again, batch(ANNA, 3, 6));
        assertThat(stored(ANNA)).endsWith(id(ANNA, 2), id(ANNA, 5)).hasSize(6);
        close(again);
    }

    /** It was rejected as the newest one, so that the place lies before it. */
    @Test
    default void aReplayedEventThatIsTheNewestMovesThePlaceBehindIt() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 10));
        sink.replay(event(ANNA, 10)).block(SOON);
        assertThat(position(sink, ANNA)).hasValue(11);
        write(sink, batch(ANNA, 10, 12));
        crash(sink);
        TransactionalSink again = opened();
        assertThat(position(again, ANNA)).hasValue(12);
        assertThat(stored(ANNA)).containsExactlyElementsOf(ids(ANNA, 0, 12));
        close(again);
    }

    /** Late ones are the last thing that was stored, and older than all the rest. */
    @Test
    default void aCrashBehindReplaysDoesNotMoveThePlaceBack() {
        TransactionalSink sink = opened();
        write(sink, batch(ANNA, 0, 5));
        write(sink, batch(ANNA, 7, 20));
        sink.replay(event(ANNA, 5)).block(SOON);
        close(sink);
        TransactionalSink second = opened();
        second.replay(event(ANNA, 6)).block(SOON);
        crash(second);
        TransactionalSink third = opened();
        assertThat(position(third, ANNA)).hasValue(20);
        write(third, batch(ANNA, 18, 21));
        assertThat(stored(ANNA))
                .endsWith(id(ANNA, 19), id(ANNA, 5), id(ANNA, 6), id(ANNA, 20))
                .hasSize(21);
        close(third);
    }

    /** As the engine goes about it: it begins where the sink is, and after an error or a crash it does so again. */
    @Test
    default void everyEventIsThereOnceWhateverHappensWhen() {
        long seed = Long.getLong("wxflux.seed", 42);
        var chance = new Random(seed);
        Map<AccountId, Long> given = new HashMap<>();
        TransactionalSink sink = opened();
        for (int step = 0; step < 120; step++) {
            AccountId account = chance.nextBoolean() ? ANNA : BORIS;
            long from = Math.max(0, given.getOrDefault(account, 0L) - chance.nextInt(3));
            EventBatch batch = batch(account, from, from + 1 + chance.nextInt(6));
            int fate = chance.nextInt(8);
            if (fate == 0) {
                sink.write(batch).subscribe(done -> {}, error -> {});
                crash(sink);
                sink = opened();
            } else if (fate == 1) {
                write(sink, batch);
                crash(sink);
                sink = opened();
            } else if (fate == 2) {
                sink.write(batch).subscribe(done -> {}, error -> {}).dispose();
                write(sink, batch);
            } else {
                write(sink, batch);
            }
            if (fate < 2) {
                for (AccountId each : List.of(ANNA, BORIS)) {
                    given.put(each, position(sink, each).orElse(0));
                }
            } else {
                given.merge(account, batch.next(), Math::max);
            }
        }
        for (AccountId account : List.of(ANNA, BORIS)) {
            assertThat(stored(account))
                    .as("seed %s, %s", seed, account)
                    .containsExactlyElementsOf(ids(account, 0, given.getOrDefault(account, 0L)));
        }
        close(sink);
    }

    private TransactionalSink opened() {
        TransactionalSink sink = sink();
        sink.open().block(SOON);
        return sink;
    }

    private static void close(TransactionalSink sink) {
        sink.close().block(SOON);
    }

    private static void write(TransactionalSink sink, EventBatch batch) {
        Mono.defer(() -> sink.write(batch)).block(SOON);
    }

    private static OptionalLong position(TransactionalSink sink, AccountId account) {
        Long at = sink.position(account).block(SOON);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private static EventBatch batch(AccountId account, long from, long to) {
        List<AccountEvent> events = LongStream.range(from, to)
                .<AccountEvent>mapToObj(sequence -> event(account, sequence))
                .toList();
        return new EventBatch(account, events, to);
    }

    private static List<String> ids(AccountId account, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(sequence -> id(account, sequence))
                .toList();
    }

    private static String id(AccountId account, long sequence) {
        return account + "-" + (1_000 + sequence);
    }

    private static MessageReceived event(AccountId account, long sequence) {
        UserName friend = UserName.of("@0123456789abcdef");
        UserName self = UserName.of("@fedcba9876543210");
        Instant time = Instant.parse("2026-11-21T04:05:06Z");
        var header = new MessageHeader(
                new MsgId(String.valueOf(1_000 + sequence)), 1, 0, 0, friend, self, null, friend, false, time);
        RawMessage raw = RawMessage.wrap("{\"MsgType\":1}".getBytes(StandardCharsets.UTF_8));
        var head = new EventHead(account, id(account, sequence), time, OptionalLong.of(sequence));
        String text = "第 " + sequence + " 条\n" + "x".repeat((int) (sequence % 7) * 100);
        return new MessageReceived(
                head,
                new Message.Text(header, text, raw),
                Party.unknown(friend),
                Party.unknown(self),
                Party.unknown(friend),
                null);
    }
}
