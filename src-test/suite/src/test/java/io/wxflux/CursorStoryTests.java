package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.model.AccountId;
import io.wxflux.shard.CommitGroup;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.SinkSpec;
import io.wxflux.sink.TransactionalSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Where each sink goes on: cursors, retention, new sinks, sinks that know better, and what is known already. */
class CursorStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private long retained() {
        return story.store().commits().stream()
                .flatMap(group -> group.retentions().stream())
                .mapToLong(CommitGroup.Retention::from)
                .max()
                .orElse(0);
    }

    @Test
    void aCursorIsStoredAHundredMillisecondsLaterAtTheLatest() {
        signedIn();
        alice.receives("one");
        story.pass(Duration.ofMillis(1));
        assertThat(story.sink.texts("alice")).containsExactly("one");
        story.pass(Duration.ofMillis(100));

        assertThat(story.store().cursors("alice")).containsEntry("sink", 3L);
        assertThat(story.store().commits().stream()
                        .filter(group -> group.accounts().isEmpty()))
                .as("commits of cursors alone")
                .isNotEmpty();
    }

    @Test
    void aCursorRidesOnTheNextCommit() {
        story.delivery = Deliveries.cursorDelay(Duration.ofHours(1));
        signedIn();
        alice.receives("one");
        story.seconds(1);
        assertThat(story.store().cursors("alice")).doesNotContainEntry("sink", 3L);
        alice.receives("two");
        story.seconds(1);
        assertThat(story.store().cursors("alice")).containsEntry("sink", 3L);
        story.stop();
        assertThat(story.store().cursors("alice")).as("after a stop").containsEntry("sink", 4L);
    }

    /** Two commits at the same moment may become durable in either order. */
    @Test
    void aSlowCommitOfCursorsIsNotOvertakenByANewerOne() {
        signedIn();
        alice.receives("one");
        story.pass(Duration.ofMillis(1));
        assertThat(story.sink.texts("alice")).containsExactly("one");
        story.store().commitTakes = Duration.ofSeconds(3);
        story.pass(Duration.ofMillis(100));
        story.store().commitTakes = Duration.ZERO;
        alice.receives("two");
        story.seconds(1);
        alice.receives("three");
        story.seconds(5);

        assertThat(story.sink.texts("alice")).containsExactly("one", "two", "three");
        assertThat(story.store().commits().stream()
                        .flatMap(group -> group.cursors().stream())
                        .map(CommitGroup.Cursor::offset))
                .isSorted()
                .endsWith(5L);
    }

    @Test
    void aNewSinkStartsAtTheEndOrAtTheBeginningAndAKnownOneGoesOn() {
        var slow = new RecordingSink();
        slow.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("slow", slow).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives("one");
        story.seconds(1).stop();

        var late = new RecordingSink();
        var early = new RecordingSink();
        story.sink(SinkSpec.of("late", late)).sink(SinkSpec.of("early", early).from(SinkSpec.From.EARLIEST));
        story.start().seconds(1).kill().start().seconds(5);
        alice.receives("two");
        slow.rule = batch -> Mono.empty();
        story.seconds(31);

        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(slow.texts("alice")).containsExactly("one", "two");
        assertThat(early.texts("alice")).containsExactly("one", "two");
        assertThat(late.texts("alice")).containsExactly("two");
    }

    @Test
    void aNewSinksStartIsNotMovedByACrashBeforeItsFirstEvent() {
        signedIn();
        alice.receives("before");
        story.seconds(1).stop();
        var late = new RecordingSink();
        late.rule = batch -> Mono.error(new SinkUnavailableException("not yet"));
        story.sink(SinkSpec.of("late", late));
        story.start().seconds(5);
        alice.receives("one");
        story.pass(Duration.ofMillis(10)).kill();

        late.rule = batch -> Mono.empty();
        story.start().seconds(5);
        assertThat(late.texts("alice")).containsExactly("one");
    }

    @Test
    void theJournalIsHeldByTheSlowestSinkThatIsConfigured() {
        var slow = new RecordingSink();
        slow.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("slow", slow).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives("one", "two", "three");
        story.seconds(1);
        assertThat(retained()).isZero();
        story.stop();

        story.withoutSink("slow").start().seconds(5);
        alice.receives("four");
        story.seconds(1);
        assertThat(retained()).isEqualTo(story.status("alice").journalEnd());
    }

    @Test
    void aTransactionalSinkKnowsBestWhereItIs() {
        var file = new KnowingSink();
        story.sink(SinkSpec.of("file", file).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives("one", "two");
        story.pass(Duration.ofMillis(1)).kill();
        assertThat(file.texts()).containsExactly("one", "two");
        story.start().seconds(5);
        alice.receives("three");
        story.seconds(1);

        assertThat(file.texts()).containsExactly("one", "two", "three");
        assertThat(file.sequences()).isSorted().doesNotHaveDuplicates();
    }

    /** The state directory was lost, the sink's data was not: new records must not come under offsets it knows. */
    @Test
    void aJournalWithoutRecordsBeginsWhereItsSinkAlreadyIs() {
        var file = new KnowingSink();
        file.next.put("alice", 1_000L);
        story.sink(SinkSpec.of("file", file).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives("one", "two");
        story.pass(Duration.ofMinutes(1)).kill().start().seconds(5);
        alice.receives("three");
        story.seconds(1);

        assertThat(file.texts()).containsExactly("one", "two", "three");
        assertThat(file.sequences()).isSorted().doesNotHaveDuplicates().allMatch(sequence -> sequence >= 1_000);
    }

    /** An older copy of the state directory beside newer data of the sink: going on would skip or double in silence. */
    @Test
    void aSinkAheadOfItsJournalEndsTheRunWithTheRemedy() {
        var file = new KnowingSink();
        story.sink(SinkSpec.of("file", file).from(SinkSpec.From.EARLIEST));
        signedIn();
        alice.receives("one");
        story.seconds(1).kill();
        file.next.put("alice", 1_000L);
        story.start().seconds(5);
        alice.receives("two");
        story.pass(Duration.ofMinutes(5));

        assertThat(file.texts()).containsExactly("one");
        assertThat(story.failure())
                .hasMessageContaining("older than the sink's data")
                .hasMessageContaining("alice");
    }

    @Test
    void whatTheServerRepeatsIsDeliveredOnce() {
        signedIn();
        String one = WireText.text("42", "@friend", alice.self(), "one");
        alice.receivesRaw(one);
        alice.receivesRaw(one);
        story.seconds(1);
        alice.receivesRaw(one);
        story.seconds(1).kill().start().seconds(5);
        alice.receivesRaw(one);
        alice.receivesRaw(WireText.text("43", "@friend", alice.self(), "two"));
        story.seconds(1);

        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
    }

    @Test
    void aSinkThatWasDownOverARestartHasEverythingInOrder() {
        story.delivery = Deliveries.tail(300, 1_000);
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("down", down).from(SinkSpec.From.EARLIEST));
        signedIn();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add("m" + i);
            alice.receives("m" + i);
            story.pass(Duration.ofMillis(700));
            if (i % 10 == 9) {
                story.kill().start().seconds(2);
            }
        }
        down.rule = batch -> Mono.empty();
        story.seconds(31);

        assertThat(down.texts("alice")).containsExactlyElementsOf(all);
        assertThat(down.accepted("alice").stream()
                        .map(AccountEvent::head)
                        .map(head -> head.sequence().orElseThrow()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aSinkThatThrowsWhenAskedWhereItIsStopsNobodyElse() {
        story.sink(SinkSpec.of("bad", new TransactionalSink() {
            @Override
            public Mono<Long> position(AccountId account) {
                throw new IllegalStateException("thrown");
            }

            @Override
            public Mono<Void> write(EventBatch batch) {
                return Mono.empty();
            }

            @Override
            public Mono<Void> replay(AccountEvent event) {
                return Mono.empty();
            }
        }));
        signedIn();
        alice.receives("one");
        story.seconds(5);

        assertThat(story.failure()).isNull();
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }
}
