package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.options.AccountSpec;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** From the journal to the sinks: order, slow sinks, outages and rejections. */
class DeliveryStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").account("bob").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    @Test
    void everyAccountKeepsItsOrder() {
        signedIn();
        for (int i = 0; i < 200; i += 2) {
            alice.receives(numbers(i, i + 2));
            story.server.account("bob").receives(numbers(i, i + 2));
            story.pass(Duration.ofMillis(300));
        }
        assertThat(story.sink.texts("alice")).containsExactly(numbers(0, 200));
        assertThat(story.sink.texts("bob")).containsExactly(numbers(0, 200));
    }

    @Test
    void aSlowSinkDoesNotSlowTheCycleDown() {
        story.delivery = Deliveries.batches(1);
        signedIn();
        story.seconds(30);
        story.sink.rule =
                batch -> Mono.delay(Duration.ofSeconds(20), story.time).then();
        for (int i = 0; i < 60; i++) {
            alice.receives("m" + i);
            story.seconds(1);
        }
        assertThat(alice.acknowledged()).isGreaterThanOrEqualTo(59);
        assertThat(story.sink.texts("alice")).hasSizeLessThan(4);
        story.pass(Duration.ofMinutes(25));
        assertThat(story.sink.texts("alice")).containsExactly(numbers(0, 60));
    }

    @Test
    void anOutageIsRetriedForEverWithTheSameBatchAndHoldsUpNobodyElse() {
        signedIn();
        story.sink.rule = batch -> batch.account().value().equals("alice")
                ? Mono.error(new SinkUnavailableException("no connection"))
                : Mono.empty();
        alice.receives("one", "two");
        story.pass(Duration.ofHours(2));
        int offers = (int) story.sink.offered().stream()
                .filter(batch -> RecordingSink.holds(batch, "one"))
                .filter(batch -> RecordingSink.holds(batch, "two"))
                .count();
        assertThat(offers).as("offers in two hours, at most every 15 s").isBetween(240, 490);
        story.server.account("bob").receives("hello");
        story.seconds(1);
        assertThat(story.sink.texts("bob")).containsExactly("hello");

        story.sink.rule = batch -> Mono.empty();
        story.seconds(31);
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(story.deadLetters).isEmpty();
    }

    @Test
    void aRejectedEventIsOfferedAFewTimesAndThenPutAsideWhileTheOthersAreDelivered() {
        signedIn();
        story.sink.rule = batch -> RecordingSink.holds(batch, "poison")
                ? Mono.error(new IllegalStateException("I do not like it"))
                : Mono.empty();
        alice.receives("m0", "m1", "poison", "m2", "m3");
        story.seconds(4);
        assertThat(story.sink.texts("alice")).containsExactly("m0", "m1");
        story.seconds(7);

        assertThat(story.sink.texts("alice")).containsExactly(numbers(0, 4));
        var attempts = story.sink.offered().stream()
                .filter(batch -> batch.events().size() == 1 && RecordingSink.holds(batch, "poison"))
                .toList();
        assertThat(attempts).hasSize(3);
        assertThat(story.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.sink()).isEqualTo("sink");
            assertThat(letter.reason()).isEqualTo("IllegalStateException: I do not like it");
            assertThat(RecordingSink.text(letter.event())).containsExactly("poison");
        });
        story.sink.rule = batch -> Mono.empty();
        alice.receives("m4", "m5");
        story.seconds(1);
        EventBatch last = story.sink.offered().get(story.sink.offered().size() - 1);
        assertThat(last.events()).as("batches are whole again").hasSize(2);
    }

    @Test
    void aSinkThatThrowsOrReturnsNothingRejects() {
        signedIn();
        story.sink.thrown = true;
        alice.receives("one");
        story.seconds(11);
        story.sink.thrown = false;
        alice.receives("two");
        story.seconds(1);

        assertThat(story.deadLetters).hasSize(1);
        assertThat(story.sink.texts("alice")).containsExactly("two");
    }

    @Test
    void aDeadLetterThatCannotBeKeptIsNotDropped() {
        signedIn();
        var full = new boolean[] {true};
        story.letters = letter -> Mono.empty();
        story.stop();
        story.letters = letter -> full[0]
                ? Mono.error(new IllegalStateException("full"))
                : Mono.fromRunnable(() -> story.deadLetters.add(letter));
        story.start().seconds(5);
        story.sink.rule = batch ->
                RecordingSink.holds(batch, "poison") ? Mono.error(new IllegalStateException("no")) : Mono.empty();
        alice.receives("poison", "after");
        story.pass(Duration.ofMinutes(30));
        assertThat(story.sink.texts("alice")).isEmpty();

        full[0] = false;
        story.seconds(31);
        assertThat(story.deadLetters).hasSize(1);
        assertThat(story.sink.texts("alice")).containsExactly("after");
    }

    @Test
    void anAccountFeedsItsOwnSinksOnly() {
        var other = new RecordingSink();
        story.sink(SinkSpec.of("other", other).from(SinkSpec.From.EARLIEST).qr(true));
        story.account(AccountSpec.of("alice").withSinks(Set.of("other")));
        story.account("bob").start().seconds(5);
        alice.receives("for other");
        story.server.account("bob").receives("for both");
        story.seconds(1);

        assertThat(story.sink.texts("alice")).isEmpty();
        assertThat(story.sink.observed())
                .allMatch(event -> event.account().value().equals("bob"));
        assertThat(other.texts("alice")).containsExactly("for other");
        assertThat(other.texts("bob")).containsExactly("for both");
        story.stop(Duration.ofSeconds(1));
    }

    @Test
    void aLoginUrlIsShownToSinksThatMaySeeItOnly() {
        var screen = new RecordingSink();
        story.sink(SinkSpec.of("screen", screen).qr(true));
        signedIn();

        assertThat(screen.observed().stream().filter(Lifecycle.QrIssued.class::isInstance))
                .hasSize(2)
                .allMatch(event -> ((Lifecycle.QrIssued) event).loginUrl() != null);
        assertThat(story.sink.observed().stream().filter(Lifecycle.QrIssued.class::isInstance))
                .hasSize(2)
                .allMatch(event -> ((Lifecycle.QrIssued) event).loginUrl() == null);
    }

    @Test
    void aSinkThatNeverEndsDoesNotKeepTheEngineFromEnding() {
        signedIn();
        story.sink.rule = batch -> Mono.never();
        alice.receives("one");
        story.seconds(1);
        story.engine().stop().subscribe();
        story.pass(Duration.ofSeconds(9));
        assertThat(story.isCompleted()).isFalse();
        story.seconds(2);
        assertThat(story.isCompleted()).isTrue();

        story.sink.rule = batch -> Mono.empty();
        story.start().seconds(5);
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }

    /** A sink serves 256 accounts at once: so many writes that never end must not shut it to all others. */
    @Test
    void writesThatNeverEndGiveTheirPlaceBackInTime() {
        assertThat(servedBesideWritesThatNeverEnd(Duration.ofSeconds(60), 70)).isTrue();
    }

    @Test
    void howLongAWriteMayTakeIsAnOption() {
        assertThat(servedBesideWritesThatNeverEnd(Duration.ofSeconds(10), 15)).isTrue();
    }

    @Test
    void aLongerDeadlineKeepsThePlaceLonger() {
        assertThat(servedBesideWritesThatNeverEnd(Duration.ofMinutes(10), 70)).isFalse();
    }

    private boolean servedBesideWritesThatNeverEnd(Duration writeTimeout, int seconds) {
        story.delivery = Deliveries.writeTimeout(writeTimeout);
        IntStream.range(0, 256).forEach(i -> story.account("a" + i));
        signedIn();
        story.seconds(10);
        story.sink.rule = batch -> batch.account().value().startsWith("a") ? Mono.never() : Mono.empty();
        IntStream.range(0, 256).forEach(i -> story.server.account("a" + i).receives("stuck"));
        story.seconds(1);
        story.server.account("bob").receives("free");
        story.seconds(seconds);
        return story.sink.texts("bob").contains("free");
    }

    @Test
    void aWriteThatIsCutOffIsAnOutageAndComesAgainWithTheSameEvents() {
        signedIn();
        story.sink.rule = batch -> Mono.never();
        alice.receives("one");
        story.pass(Duration.ofMinutes(10));
        assertThat(story.deadLetters).isEmpty();
        assertThat(story.sink.offered().stream().filter(batch -> RecordingSink.holds(batch, "one")))
                .hasSizeBetween(4, 10);
        story.sink.rule = batch -> Mono.empty();
        story.pass(Duration.ofSeconds(100));
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }
}
