package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.SinkLag;
import io.wxflux.event.SinkStatus;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.CommitGroup;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Sinks that come, go, come back and are forgotten while the engine runs. */
class SinkStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final RecordingSink late = new RecordingSink();
    private final List<String> outcomes = new ArrayList<>();

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private void add(SinkSpec spec) {
        expect(story.engine().addSink(spec), "added");
    }

    private void remove(String name) {
        expect(story.engine().removeSink(name), "removed");
    }

    private void expect(Mono<Void> change, String done) {
        change.subscribe(
                nothing -> {},
                error -> outcomes.add(error.getClass().getSimpleName() + ": " + error.getMessage()),
                () -> outcomes.add(done));
    }

    private SinkStatus sink(String name) {
        return story.engine().sinks().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private SinkLag lag(String sink) {
        return Objects.requireNonNull(story.status("alice").sinks().get(sink));
    }

    private List<String> names() {
        return story.engine().sinks().stream().map(SinkStatus::name).toList();
    }

    private long retained() {
        return story.store().commits().stream()
                .flatMap(group -> group.retentions().stream())
                .mapToLong(CommitGroup.Retention::from)
                .max()
                .orElse(0);
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    @Test
    void aSinkThatComesStartsAtTheEndAndIsShownWhatIsLiveOnly() {
        signedIn();
        alice.receives("before");
        story.seconds(1);
        add(SinkSpec.of("late", late));
        assertThat(outcomes).containsExactly("added");
        alice.receives("one", "two");
        story.seconds(1).stop();

        assertThat(late.opened).isOne();
        assertThat(late.texts("alice")).containsExactly("one", "two");
        assertThat(late.observed()).anyMatch(Lifecycle.Stopped.class::isInstance);
        assertThat(late.closed).isOne();
    }

    @Test
    void aSinkThatComesMayStartWithTheOldestThatIsLeft() {
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives(numbers(0, 60));
        story.seconds(1);
        add(SinkSpec.of("late", late).from(SinkSpec.From.EARLIEST));
        story.seconds(1);
        alice.receives(numbers(60, 70));
        story.seconds(1);

        assertThat(late.texts("alice")).containsExactly(numbers(0, 70));
        assertThat(late.missed()).isEmpty();
    }

    @Test
    void itsStartIsNotMovedByACrash() {
        late.rule = batch -> Mono.error(new SinkUnavailableException("not yet"));
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one");
        story.pass(Duration.ofMillis(10)).kill();
        late.rule = batch -> Mono.empty();
        story.sink(SinkSpec.of("late", late)).start().seconds(5);

        assertThat(late.texts("alice")).containsExactly("one");
    }

    @Test
    void aSinkThatGoesKeepsItsCursorAndGoesOnThereWhenItComesBack() {
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one");
        story.seconds(1);
        remove("late");
        assertThat(outcomes).containsExactly("added", "removed");
        assertThat(late.closed).isOne();
        alice.receives("two");
        story.seconds(1);
        assertThat(late.texts("alice")).containsExactly("one");
        assertThat(sink("late").configured()).isFalse();
        assertThat(story.status("alice").cursors()).containsOnlyKeys("sink", "down");

        add(SinkSpec.of("late", late).from(SinkSpec.From.EARLIEST));
        alice.receives("three");
        story.seconds(1);
        assertThat(late.texts("alice")).containsExactly("one", "two", "three");
        assertThat(late.missed()).isEmpty();
        remove("late");
        story.kill().start().seconds(2);
        alice.receives("four");
        story.seconds(1);
        add(SinkSpec.of("late", late));
        story.seconds(1);
        assertThat(late.texts("alice")).as("over a restart").containsExactly("one", "two", "three", "four");
    }

    @Test
    void aSinkThatIsGoneHoldsNothingBackAndIsToldWhatItMissed() {
        late.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one", "two");
        story.seconds(1);
        long held = retained();
        assertThat(held).isLessThan(story.status("alice").journalEnd());
        remove("late");
        story.seconds(1);
        assertThat(retained()).isEqualTo(story.status("alice").journalEnd());

        late.rule = batch -> Mono.empty();
        add(SinkSpec.of("late", late));
        story.seconds(1);
        assertThat(late.missed())
                .as("at once, though nothing new comes")
                .containsExactly("alice " + held + " to " + (held + 2));
        assertThat(story.status("alice").sinks().get("late"))
                .isNotNull()
                .extracting(SinkLag::events)
                .isEqualTo(0L);
        alice.receives("three");
        story.seconds(1);
        assertThat(late.missed()).hasSize(1);
        assertThat(late.texts("alice")).containsExactly("three");
    }

    @Test
    void aWriteThatIsUnderWayIsWaitedFor() {
        late.rule = batch -> Mono.delay(Duration.ofSeconds(5), story.time).then();
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one");
        story.seconds(1);
        remove("late");
        assertThat(outcomes).containsExactly("added");
        alice.receives("two");
        story.seconds(5);
        assertThat(outcomes).containsExactly("added", "removed");
        assertThat(late.texts("alice")).containsExactly("one");
        assertThat(story.store().cursors("alice")).containsEntry("late", 3L);
    }

    @Test
    void aWriteThatNeverEndsIsCutOffAndItsEventsComeAgain() {
        late.rule = batch -> Mono.never();
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one");
        story.seconds(1);
        remove("late");
        story.seconds(9);
        assertThat(outcomes).containsExactly("added");
        story.seconds(2);
        assertThat(outcomes).containsExactly("added", "removed");
        assertThat(late.closed).isOne();
        assertThat(story.status("alice").sinks()).containsOnlyKeys("sink");
    }

    @Test
    void aForgottenSinkIsNewWhenItComesBack() {
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        signedIn();
        add(SinkSpec.of("late", late));
        alice.receives("one");
        story.seconds(1);
        expect(story.engine().forgetSink("late"), "forgotten");
        expect(story.engine().forgetSink("nobody"), "forgotten");
        remove("late");
        expect(story.engine().forgetSink("late"), "forgotten");
        assertThat(outcomes).hasSize(5).endsWith("removed", "forgotten");
        assertThat(outcomes.get(1)).contains("take it out");
        assertThat(outcomes.get(2)).contains("no cursor is kept");
        assertThat(names()).containsExactly("down", "sink");
        assertThat(story.store().cursors("alice")).containsEntry("late", CommitGroup.Cursor.FORGET);
        story.kill().start().seconds(5);
        assertThat(names()).containsExactly("down", "sink");

        alice.receives("two");
        story.seconds(1);
        add(SinkSpec.of("late", late).from(SinkSpec.From.EARLIEST));
        story.seconds(1);
        assertThat(late.texts("alice")).containsExactly("one", "one", "two");
    }

    @Test
    void whatCannotBeAddedLeavesEverythingAsItIs() {
        signedIn();
        add(SinkSpec.of("sink", late));
        late.opens = Mono.error(new IllegalStateException("no such table"));
        add(SinkSpec.of("late", late));
        var ahead = new KnowingSink();
        ahead.next.put("alice", 1_000L);
        add(SinkSpec.of("ahead", ahead));
        alice.receives("one");
        story.seconds(1).stop();
        add(SinkSpec.of("last", new RecordingSink()));

        assertThat(outcomes).hasSize(4);
        assertThat(outcomes.get(0)).startsWith("IllegalArgumentException").contains("already");
        assertThat(outcomes.get(1)).contains("no such table");
        assertThat(outcomes.get(2))
                .startsWith(CorruptStoreException.class.getSimpleName())
                .contains("older than the sink's data");
        assertThat(outcomes.get(3)).startsWith(EngineStateException.class.getSimpleName());
        assertThat(story.sink.texts("alice")).containsExactly("one");
        assertThat(ahead.texts()).isEmpty();
    }

    @Test
    void accountsThatNameTheirSinksGetNoOtherAndThoseThatComeLaterGetAll() {
        story.account(AccountSpec.of("alice").withSinks(Set.of("sink")));
        story.start().seconds(5);
        add(SinkSpec.of("late", late));
        story.account("bob");
        story.engine().add(AccountSpec.of("bob")).subscribe();
        story.seconds(5);
        alice.receives("for sink");
        story.server.account("bob").receives("for both");
        story.seconds(1);

        assertThat(late.texts("alice")).isEmpty();
        assertThat(late.texts("bob")).containsExactly("for both");
        assertThat(sink("late").accounts()).isOne();
    }

    @Test
    void aSinkMayBeAddedBeforeTheRun() {
        story.prepare = engine -> engine.addSink(SinkSpec.of("late", late)).subscribe();
        signedIn();
        alice.receives("one");
        story.seconds(1);
        assertThat(late.opened).isOne();
        assertThat(late.texts("alice")).containsExactly("one");
    }

    /** The pair of {@code required}: only that differs. */
    @Test
    void aSinkThatIsNotRequiredHoldsOnlySoMuch() {
        assertThat(heldForALaggard(false)).isEqualTo(SinkSpec.OPTIONAL_EVENTS);
        late.rule = batch -> Mono.empty();
        story.seconds(31);
        long end = story.status("alice").journalEnd();
        assertThat(late.missed()).isNotEmpty().last().asString().endsWith(" to " + (end - SinkSpec.OPTIONAL_EVENTS));
        assertThat(late.texts("alice")).hasSize(SinkSpec.OPTIONAL_EVENTS).endsWith("m1499");
    }

    @Test
    void aSinkThatIsRequiredHoldsEverything() {
        assertThat(heldForALaggard(true)).isGreaterThanOrEqualTo(1_500);
        late.rule = batch -> Mono.empty();
        story.seconds(31);
        assertThat(late.missed()).isEmpty();
        assertThat(late.texts("alice")).containsExactly(numbers(0, 1_500));
    }

    private long heldForALaggard(boolean required) {
        late.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("late", late).required(required));
        signedIn();
        for (int i = 0; i < 1_500; i += 50) {
            alice.receives(numbers(i, i + 50));
            story.seconds(2);
        }
        assertThat(story.sink.texts("alice")).hasSize(1_500);
        return story.status("alice").journalEnd() - retained();
    }

    @Test
    void howFarASinkIsBehindIsShown() {
        late.rule = batch -> Mono.error(new SinkUnavailableException("no connection"));
        story.sink(SinkSpec.of("late", late));
        signedIn();
        alice.receives("one", "two", "three");
        story.seconds(60);

        SinkLag lag = lag("late");
        assertThat(lag.trouble()).contains("no connection");
        assertThat(lag.since()).isNotNull();
        assertThat(lag.events()).isGreaterThanOrEqualTo(3);
        assertThat(lag("sink")).satisfies(other -> {
            assertThat(other.events()).isZero();
            assertThat(other.since()).isNull();
            assertThat(other.trouble()).isNull();
        });
        assertThat(sink("late")).satisfies(status -> {
            assertThat(status.behind()).isOne();
            assertThat(status.events()).isEqualTo(lag.events());
            assertThat(status.trouble()).contains("no connection");
        });
        late.rule = batch -> Mono.empty();
        story.seconds(31);
        assertThat(lag("late")).satisfies(now -> {
            assertThat(now.events()).isZero();
            assertThat(now.trouble()).isNull();
        });
    }
}
