package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Events that were rejected and are offered again, and what can be told of a message. */
class DeadLetterStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final Letters letters = new Letters();
    private final List<String> outcomes = new ArrayList<>();

    /** Keeps letters over restarts of the engine. */
    private static final class Letters implements DeadLetterStore {
        final List<KeptLetter> kept = new ArrayList<>();
        Mono<Void> removes = Mono.empty();

        @Override
        public Mono<Void> add(DeadLetter letter) {
            return Mono.fromRunnable(() -> {
                kept.removeIf(letter.kept()::isSame);
                kept.add(letter.kept());
            });
        }

        @Override
        public Flux<KeptLetter> letters() {
            return Flux.defer(() -> Flux.fromIterable(List.copyOf(kept)));
        }

        @Override
        public Mono<Void> remove(KeptLetter letter) {
            return removes.then(Mono.fromRunnable(() -> kept.removeIf(letter::isSame)));
        }
    }

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void rejected(String... texts) {
        story.letters = letters;
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        reject(texts);
        alice.receives(texts);
        alice.receives("after");
        story.seconds(11L * texts.length + 5);
        assertThat(letters.kept).hasSize(texts.length);
        assertThat(story.sink.texts("alice")).containsExactly("after");
    }

    private void reject(String... texts) {
        story.sink.rule = batch -> List.of(texts).stream().anyMatch(text -> RecordingSink.holds(batch, text))
                ? Mono.error(new IllegalStateException("no"))
                : Mono.empty();
    }

    private void replay(KeptLetter letter) {
        story.engine()
                .replay(letter)
                .subscribe(
                        done -> {},
                        error -> outcomes.add(error.getClass().getSimpleName() + ": " + error.getMessage()),
                        () -> outcomes.add("replayed"));
        story.pass(Duration.ofMillis(100));
    }

    private List<MessageTrace> traces(String id) {
        var found = new ArrayList<MessageTrace>();
        story.engine().trace(new MsgId(id), account -> true).subscribe(found::add);
        story.seconds(6);
        return found;
    }

    private MessageTrace trace(String id) {
        return traces(id).get(0);
    }

    @Test
    void aLetterThatTheSinkAcceptsLeavesTheListAndIsTheSameEvent() {
        rejected("one", "two");
        story.sink.rule = batch -> Mono.empty();
        replay(letters.kept.get(0));
        replay(letters.kept.get(0));

        assertThat(outcomes).containsExactly("replayed", "replayed");
        assertThat(letters.kept).isEmpty();
        assertThat(story.sink.texts("alice")).containsExactly("after", "one", "two");
        AccountEvent first = story.sink.replayed().get(0);
        assertThat(first.head().id()).isEqualTo("alice-7000000");
        assertThat(first.head().sequence()).hasValue(2);
        assertThat(story.sink.offered().stream().map(batch -> batch.next())).contains(3L);
    }

    @Test
    void aLetterThatIsRejectedAgainStays() {
        rejected("one", "two");
        reject("one");
        replay(letters.kept.get(0));
        replay(letters.kept.get(1));
        assertThat(outcomes).containsExactly("IllegalStateException: no", "replayed");
        assertThat(letters.kept)
                .singleElement()
                .satisfies(letter -> assertThat(letter.eventId()).isEqualTo("alice-7000000"));
        alice.receives("more");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).endsWith("two", "more");
    }

    /** Between two batches, never beside one. */
    @Test
    void aReplayWaitsForTheBatchThatIsUnderWay() {
        rejected("one");
        story.sink.rule = batch -> Mono.delay(Duration.ofSeconds(5), story.time).then();
        alice.receives("slow");
        story.seconds(1);
        replay(letters.kept.get(0));
        story.seconds(3);
        assertThat(story.sink.replayed()).isEmpty();
        story.seconds(10);
        assertThat(outcomes).containsExactly("replayed");
        assertThat(story.sink.texts("alice")).containsExactly("after", "slow", "one");
    }

    @Test
    void aSinkThatIsDownAnswersSoAndTheLetterStays() {
        rejected("one");
        story.sink.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        replay(letters.kept.get(0));
        assertThat(outcomes).containsExactly("SinkUnavailableException: down");
        assertThat(letters.kept).hasSize(1);
    }

    /** At least once: the sink had it, but nobody wrote down so. */
    @Test
    void aCrashBeforeTheLetterIsTakenOffBringsTheSameEventAgain() {
        rejected("one");
        story.sink.rule = batch -> Mono.empty();
        letters.removes = Mono.never();
        replay(letters.kept.get(0));
        assertThat(outcomes).isEmpty();
        story.kill();
        letters.removes = Mono.empty();
        story.start().seconds(5);
        assertThat(letters.kept).hasSize(1);
        replay(letters.kept.get(0));

        assertThat(letters.kept).isEmpty();
        assertThat(story.sink.replayed().stream().map(event -> event.head().id()))
                .containsExactly("alice-7000000", "alice-7000000");
    }

    @Test
    void aLetterIsReplayedByOneAtATime() {
        rejected("one");
        story.sink.rule = batch -> Mono.delay(Duration.ofSeconds(5), story.time).then();
        KeptLetter letter = letters.kept.get(0);
        replay(letter);
        replay(letter);
        assertThat(outcomes).singleElement().asString().contains("being replayed already");
        story.seconds(5);
        assertThat(outcomes).hasSize(2).endsWith("replayed");
        assertThat(story.sink.replayed()).hasSize(1);
    }

    /** It has left the lane's queue, and its lane does not come back. */
    @Test
    void aReplayThatIsUnderWayWhenItsSinkIsTakenOutIsAnswered() {
        rejected("one");
        story.sink.rule = batch -> Mono.never();
        replay(letters.kept.get(0));
        story.engine().removeSink("sink").subscribe();
        story.seconds(30);
        assertThat(outcomes).singleElement().asString().contains("was taken out");
        replay(letters.kept.get(0));
        assertThat(outcomes).as("not for ever under way").hasSize(2).noneMatch(each -> each.contains("already"));
        assertThat(letters.kept).hasSize(1);
    }

    @Test
    void replaysThatAStopCutsShortAreAnsweredAndTheirEventsAreKept() {
        rejected("one", "two");
        story.sink.rule = batch -> Mono.never();
        replay(letters.kept.get(0));
        replay(letters.kept.get(1));
        alice.receives("later");
        story.seconds(1).stop(Duration.ofSeconds(30));
        assertThat(outcomes).hasSize(2).allMatch(each -> each.contains("the engine stops"));
        assertThat(letters.kept).hasSize(2);

        story.sink.rule = batch -> Mono.empty();
        story.start().seconds(5);
        assertThat(story.sink.texts("alice")).containsExactly("after", "later");
    }

    @Test
    void whoeverAskedForAReplayMayLeaveAndTheLetterIsTakenOffAllTheSame() {
        rejected("one");
        story.sink.rule = batch -> Mono.delay(Duration.ofSeconds(5), story.time).then();
        KeptLetter letter = letters.kept.get(0);
        story.engine().replay(letter).subscribe().dispose();
        story.seconds(1);
        replay(letter);
        assertThat(outcomes).singleElement().asString().contains("being replayed already");
        story.seconds(10);
        assertThat(letters.kept).isEmpty();
        assertThat(story.sink.replayed()).hasSize(1);
    }

    @Test
    void aTransactionalSinkGetsItWithoutMovingItsPlace() {
        var knowing = new KnowingSink();
        story.sink(SinkSpec.of("knowing", knowing).from(SinkSpec.From.EARLIEST));
        rejected("one");
        Long before = knowing.next.get("alice");
        KeptLetter letter = letters.kept.get(0);
        replay(new KeptLetter(
                "knowing",
                letter.account(),
                letter.eventId(),
                letter.type(),
                letter.sequence(),
                "no",
                letter.time(),
                letter.record()));
        assertThat(outcomes).containsExactly("replayed");
        assertThat(knowing.next.get("alice")).isEqualTo(before);
        assertThat(knowing.texts()).containsExactly("one", "after", "one");
    }

    /** Its own place is before the letter: it must neither miss the event nor be offered it again. */
    @Test
    void aTransactionalSinkStaysBehindALetterThatIsTheNewestEvent() {
        letterIsTheNewest(false);
    }

    @Test
    void itStaysThereWhenASlowerSinkStillHoldsTheEvent() {
        letterIsTheNewest(true);
    }

    private void letterIsTheNewest(boolean held) {
        story.letters = letters;
        var knowing = new KnowingSink();
        story.sink(SinkSpec.of("knowing", knowing).from(SinkSpec.From.EARLIEST));
        if (held) {
            var slow = new RecordingSink();
            slow.rule = batch -> Mono.error(new SinkUnavailableException("down"));
            story.sink(SinkSpec.of("slow", slow).from(SinkSpec.From.EARLIEST));
        }
        story.account("alice").start().seconds(5);
        alice.receives("before");
        story.seconds(5);
        knowing.rejected = "poison";
        alice.receives("poison");
        story.seconds(20);
        assertThat(letters.kept).hasSize(1);
        long place = letters.kept.get(0).sequence();
        assertThat(knowing.next).containsEntry("alice", place);
        story.kill();

        knowing.rejected = "none";
        story.start().pass(Duration.ofMillis(100));
        assertThat(story.status("alice").sinks())
                .hasEntrySatisfying("knowing", lag -> assertThat(lag.events()).isZero());
        alice.receives("after");
        story.seconds(10);
        assertThat(knowing.texts()).containsExactly("before", "after");
        assertThat(knowing.missed).isEmpty();
    }

    @Test
    void aLetterOfASinkOrAccountThatIsNotThereWaits() {
        rejected("one");
        KeptLetter letter = letters.kept.get(0);
        story.engine().removeSink("sink").subscribe();
        replay(letter);
        replay(new KeptLetter("sink", AccountId.of("bob"), "bob-1", "x", 1, "no", letter.time(), new byte[1]));
        assertThat(outcomes)
                .hasSize(2)
                .allMatch(outcome -> outcome.startsWith(EngineStateException.class.getSimpleName()));
        assertThat(letters.kept).hasSize(1);
    }

    /** The id is made of the message's bytes, so it is not among them. */
    @Test
    void aMessageTheServiceGaveNoIdIsTracedToo() {
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        story.account("alice").start().seconds(5);
        alice.receivesRaw("{\"FromUserName\":\"@friend\",\"ToUserName\":\"" + alice.self()
                + "\",\"MsgType\":1,\"Content\":\"without an id\"}");
        story.seconds(5);
        List<AccountEvent> accepted = story.sink.accepted("alice");
        String id = accepted.get(accepted.size() - 1).head().id();
        assertThat(id).startsWith("alice-x");
        assertThat(trace(id.substring("alice-".length())).offset()).isPresent();
    }

    @Test
    void aTraceTellsWhereAMessageIs() {
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        rejected("one");

        MessageTrace one = trace("7000000");
        assertThat(one.offset()).hasValue(2);
        assertThat(one.received()).isNotNull();
        assertThat(one.sinks())
                .containsEntry("sink", MessageTrace.Place.DEAD_LETTER)
                .containsEntry("down", MessageTrace.Place.WAITING);
        assertThat(one.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("no"));
        MessageTrace after = trace("7000001");
        assertThat(after.sinks())
                .containsEntry("sink", MessageTrace.Place.TAKEN)
                .containsEntry("down", MessageTrace.Place.WAITING);
        assertThat(traces("7000002")).isEmpty();

        down.rule = batch -> Mono.empty();
        story.seconds(31);
        MessageTrace gone = trace("7000001");
        assertThat(gone.offset()).as("dropped: all have had it").isEmpty();
        assertThat(gone.received()).isNotNull();
        assertThat(gone.sinks()).isEmpty();
    }
}
