package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.AccountId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.JournalBounds;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A journal or a disk without room: the session is kept alive, nothing is lost, and it goes on by itself. */
class ParkingStoryTests {
    private static final int TEN_MESSAGES = 3_000;

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        story.server.forgetRequests();
    }

    private int calls(String operation) {
        return story.server.requests("alice", operation).size();
    }

    private void sinkIsDown(boolean down) {
        story.sink.rule = batch -> down ? Mono.error(new SinkUnavailableException("down")) : Mono.empty();
    }

    private List<String> receive(int from, int count) {
        List<String> texts =
                IntStream.range(from, from + count).mapToObj(i -> "text " + i).toList();
        alice.receives(texts.toArray(String[]::new));
        return texts;
    }

    @Test
    void anAccountWhoseSinkIsDownIsParkedWhenItsJournalIsFullAndCatchesUpInOrder() {
        story.journal = JournalBounds.defaults().withAccountBytes(TEN_MESSAGES);
        alice.page = 5;
        signedIn();
        sinkIsDown(true);
        List<String> texts = receive(0, 60);
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(story.status("alice").lastError()).contains("parked", "bytes that a sink has not had");
        assertThat(story.live("alice", Lifecycle.Parked.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("of 3000 it may hold"));
        assertThat(alice.acknowledged()).isBetween(5L, 20L);

        sinkIsDown(false);
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.status("alice").lastError()).isNull();
        assertThat(story.live("alice", Lifecycle.Unparked.class))
                .hasSameSizeAs(story.live("alice", Lifecycle.Parked.class));
        assertThat(alice.logins()).isEqualTo(1);
    }

    /** The pair of {@code required}: only that differs from the story above. */
    @Test
    void aSinkThatIsNotRequiredAndIsDownParksNobodyAlsoAfterARestart() {
        story.journal = JournalBounds.defaults().withAccountBytes(TEN_MESSAGES);
        alice.page = 5;
        var screen = new RecordingSink();
        screen.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("screen", screen).from(SinkSpec.From.EARLIEST).required(false));
        signedIn();
        List<String> texts = new ArrayList<>(receive(0, 60));
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);

        story.kill().start().seconds(5);
        texts.addAll(receive(60, 60));
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);

        screen.rule = batch -> Mono.empty();
        story.seconds(60);
        assertThat(screen.missed()).isNotEmpty();
        assertThat(screen.texts("alice")).endsWith("text 119");
        story.stop(Duration.ofSeconds(5));
    }

    @Test
    void theSameWithRoomEnoughIsNotParked() {
        alice.page = 5;
        signedIn();
        sinkIsDown(true);
        receive(0, 60);
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.live("alice", Lifecycle.Parked.class)).isEmpty();
        assertThat(alice.acknowledged()).isEqualTo(55);
    }

    @Test
    void aParkedAccountPollsEvery25SecondsAndShowsTheLastDurableKeyEveryFiveMinutes() {
        story.journal = JournalBounds.defaults().withAccountBytes(TEN_MESSAGES);
        alice.page = 5;
        signedIn();
        sinkIsDown(true);
        receive(0, 60);
        story.seconds(60 + 300);
        long acknowledged = alice.acknowledged();
        story.server.forgetRequests();
        story.pass(Duration.ofHours(1));
        assertThat(calls("synccheck")).isBetween(140, 145);
        assertThat(calls("webwxsync")).isBetween(11, 13);
        assertThat(alice.acknowledged()).isEqualTo(acknowledged);
        assertThat(story.live("alice", Lifecycle.Parked.class)).hasSize(1);
    }

    @Test
    void anAccountWhoseSinksKeepUpGoesOnWhenAllTogetherHoldTooMuch() {
        story.journal = JournalBounds.defaults().withTotalBytes(80_000);
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("slow", down).from(SinkSpec.From.EARLIEST))
                .account(AccountSpec.of("alice"))
                .account(AccountSpec.of("bob").withSinks(java.util.Set.of("sink")))
                .start()
                .seconds(5);
        receive(0, 1_000);
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(story.live("alice", Lifecycle.Parked.class).get(0).reason()).contains("of all accounts");

        story.server.account("bob").receives("hello");
        story.seconds(5);
        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("bob")).containsExactly("hello");
    }

    /** Nobody takes what it left, so nobody waits for that. */
    @Test
    void whatAnAccountThatWasTakenOutLeftParksNobody() {
        story.journal = JournalBounds.defaults().withTotalBytes(130_000);
        var down = new RecordingSink();
        down.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("slow", down).from(SinkSpec.From.EARLIEST))
                .account("alice")
                .account("bob")
                .start()
                .seconds(5);
        for (int i = 0; i < 1_000; i++) {
            story.server.account("bob").receives("text " + i);
        }
        story.seconds(60);
        assertThat(story.state("bob")).isEqualTo(AccountState.PARKED);
        story.engine().remove(AccountId.of("bob")).subscribe();
        story.seconds(15);

        List<String> texts = receive(0, 500);
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.live("alice", Lifecycle.Parked.class)).isEmpty();
    }

    @Test
    void aFullDiskParksWithinSecondsKeepsTheSessionAndGoesOnWhenThereIsSpace() {
        signedIn();
        story.store().full = true;
        List<String> texts = new ArrayList<>(receive(0, 3));
        story.seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(story.live("alice", Lifecycle.Parked.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("the disk is full"));
        texts.addAll(receive(3, 3));
        story.server.forgetRequests();
        story.pass(Duration.ofHours(1));
        assertThat(calls("synccheck")).isBetween(140, 145);
        assertThat(calls("webwxsync")).isBetween(11, 13);
        assertThat(story.sink.texts("alice")).isEmpty();
        assertThat(story.status("alice").journalEnd())
                .isEqualTo(story.sink.accepted("alice").size());

        story.store().full = false;
        story.seconds(30);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.live("alice", Lifecycle.Unparked.class)).hasSize(1);
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aStoreThatAnswersNothingParksToo() {
        signedIn();
        story.store().commitTakes = Duration.ofMinutes(10);
        receive(0, 3);
        story.seconds(25);
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        story.pass(Duration.ofMinutes(10));
        story.store().commitTakes = Duration.ZERO;
        story.seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).hasSize(3);
    }

    @Test
    void aCommitThatIsRefusedOnceParksNobody() {
        signedIn();
        story.store().full = true;
        receive(0, 3);
        story.pass(Duration.ofMillis(500));
        story.store().full = false;
        story.seconds(2);
        assertThat(story.sink.texts("alice")).hasSize(3);
        assertThat(story.live("alice", Lifecycle.Parked.class)).isEmpty();
    }

    @Test
    void aFullDiskDuringTheGreetingKeepsTheNewSessionAlive() {
        alice.always("webwxgetcontact", call -> {
            story.store().full = true;
            return null;
        });
        story.account("alice").start().pass(Duration.ofHours(1));
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(calls("synccheck")).isGreaterThan(60);

        alice.normal();
        story.store().full = false;
        receive(0, 1);
        story.seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactly("text 0");
        assertThat(alice.logins()).isEqualTo(1);
    }

    /** It is short and over before the greeting itself needs the store, which is full for good by then. */
    @Test
    void aRefusalThatPassesDuringTheGreetingHidesNoneThatFollows() {
        alice.always(
                "webwxgetcontact",
                call -> Mono.delay(Duration.ofSeconds(20), story.time)
                        .thenReturn(WireText.ok(WireText.contacts("@friend"))));
        story.account("alice").start().seconds(5);
        story.store().full = true;
        story.engine()
                .account(AccountId.of("alice"))
                .outbox()
                .put(new UserName("filehelper"), Outgoing.text("kept"), Duration.ofHours(1))
                .subscribe();
        story.pass(Duration.ofMillis(500));
        story.store().full = false;
        story.seconds(5);
        assertThat(story.live("alice", Lifecycle.Parked.class)).isEmpty();

        story.store().full = true;
        story.pass(Duration.ofHours(1));
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(calls("synccheck")).isGreaterThan(60);
        alice.normal();
        story.store().full = false;
        story.seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aStoreThatAnswersNothingDuringTheGreetingKeepsTheNewSessionAlive() {
        alice.always("webwxgetcontact", call -> {
            story.store().commitTakes = Duration.ofHours(1);
            return null;
        });
        story.account("alice").start().seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        assertThat(story.live("alice", Lifecycle.Parked.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("neither taken nor refused"));
        story.pass(Duration.ofMinutes(50));
        assertThat(calls("synccheck")).isGreaterThan(50);

        alice.normal();
        story.store().commitTakes = Duration.ZERO;
        receive(0, 1);
        story.pass(Duration.ofMinutes(15));
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactly("text 0");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aSessionIsNotResumedWhileTheStoreRefusesAndTheStatusTellsSo() {
        signedIn();
        story.store().full = true;
        receive(0, 1);
        story.seconds(20);
        story.engine().remove(AccountId.of("alice")).subscribe();
        story.seconds(30);
        story.server.forgetRequests();
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(30);
        assertThat(calls("webwxinit")).isZero();
        assertThat(story.status("alice").lastError()).contains("cannot be opened yet", "the disk is full");

        story.store().full = false;
        story.seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactly("text 0");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aSessionThatEndsWhileParkedIsFollowedByTheNextWithNothingLost() {
        signedIn();
        story.store().full = true;
        List<String> texts = receive(0, 3);
        story.seconds(60);
        alice.endSession(1101);
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.EXPIRED);
        story.store().full = false;
        story.seconds(60);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
    }

    @Test
    void aServiceThatIsIllWhileParkedIsLeftAloneAndTheAccountStaysParked() {
        signedIn();
        story.store().full = true;
        receive(0, 3);
        story.seconds(5);
        alice.always("synccheck", call -> Mono.just(WireText.status(503, "busy")));
        story.pass(Duration.ofMinutes(10));
        alice.normal();
        story.pass(Duration.ofMinutes(3));
        assertThat(story.state("alice")).isEqualTo(AccountState.PARKED);
        story.store().full = false;
        story.seconds(30);
        assertThat(story.sink.texts("alice")).hasSize(3);
    }

    @Test
    void aStopWhileParkedEndsAtOnceAndTheNextRunHasEverything() {
        story.journal = JournalBounds.defaults().withAccountBytes(TEN_MESSAGES);
        alice.page = 5;
        signedIn();
        sinkIsDown(true);
        List<String> texts = receive(0, 60);
        story.seconds(60);
        story.stop(Duration.ofSeconds(11));
        sinkIsDown(false);
        story.start().seconds(90);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aKillWhileParkedLosesNothing() {
        story.journal = JournalBounds.defaults().withAccountBytes(TEN_MESSAGES);
        alice.page = 5;
        signedIn();
        sinkIsDown(true);
        List<String> texts = receive(0, 60);
        story.seconds(60);
        story.kill();
        sinkIsDown(false);
        story.start().seconds(90);
        assertThat(story.sink.texts("alice")).containsExactlyElementsOf(texts);
    }

    @Test
    void aParkedAccountStillSendsAndWithAFullDiskSaysWhatItCannotKeep() {
        signedIn();
        story.store().full = true;
        receive(0, 3);
        story.seconds(5);
        Account account = story.engine().account(AccountId.of("alice"));
        var failures = new ArrayList<Throwable>();
        account.send(new UserName("@friend"), Outgoing.text("sent")).subscribe(done -> {}, failures::add);
        account.outbox()
                .put(new UserName("filehelper"), Outgoing.text("kept"), Duration.ofHours(1))
                .subscribe(done -> {}, failures::add);
        story.seconds(5);
        assertThat(alice.sentTexts()).hasSize(1);
        assertThat(failures).singleElement().isInstanceOf(StoreUnavailableException.class);
        assertThat(failures.get(0)).hasMessageContaining("not begun").hasMessageContaining("the disk is full");
    }

    @Test
    void boundsAreOneByteAtLeast() {
        assertThatThrownBy(() -> new JournalBounds(0, 1)).hasMessageContaining("1 byte or more");
        assertThatThrownBy(() -> new JournalBounds(1, 0)).hasMessageContaining("1 byte or more");
    }
}
