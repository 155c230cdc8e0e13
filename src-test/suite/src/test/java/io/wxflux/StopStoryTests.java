package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import io.wxflux.options.AccountSpec;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Stopping at every moment, and accounts that come and go at run time. */
class StopStoryTests {
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

    @Test
    void aStopWhileTheCodeIsShownEndsAtOnce() {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(40);
        story.stop(Duration.ofSeconds(1));

        alice.phone = Phone.confirms();
        story.start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aStopDuringThePollKeepsTheSession() {
        signedIn();
        story.stop(Duration.ofSeconds(1));
        assertThat(story.server.requests("alice", "webwxlogout")).isEmpty();

        alice.receives("later");
        story.start().seconds(5);
        assertThat(story.sink.texts("alice")).containsExactly("later");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aStopWhileACommitIsUnderWayWaitsForItAndDeliversWhatItKeeps() {
        signedIn();
        story.store().commitTakes = Duration.ofSeconds(3);
        alice.receives("one");
        story.seconds(1);
        story.stop(Duration.ofSeconds(20));
        assertThat(story.sink.texts("alice")).containsExactly("one");

        alice.receives("two");
        story.start().seconds(30);
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aStopWhileAFetchIsUnderWayLosesNothing() {
        alice.syncTakes = Duration.ofSeconds(5);
        signedIn();
        alice.receives("one");
        story.seconds(2);
        story.stop(Duration.ofSeconds(1));
        assertThat(story.sink.texts("alice")).isEmpty();

        story.start().seconds(30);
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }

    @Test
    void theLastStateOfASessionIsStoredBeforeTheEngineEnds() {
        signedIn();
        story.store().commitTakes = Duration.ofSeconds(2);
        alice.receives("one");
        story.pass(Duration.ofMillis(2_100));
        alice.renewCookies("renewed");
        story.engine().stop().subscribe();
        story.pass(Duration.ofMillis(1_900));
        assertThat(story.isCompleted()).as("ended before the commit").isFalse();
        story.seconds(10);
        assertThat(story.isCompleted()).isTrue();
    }

    @Test
    void aStopDuringTheWaitBeforeALoginEndsAtOnce() {
        signedIn();
        alice.offersPush = false;
        for (int i = 0; i < 6; i++) {
            alice.once("webwxinit", WireText.ret(1101)).once("webwxinit", WireText.ret(1101));
        }
        alice.endSession(1101);
        story.seconds(40);
        assertThat(story.state("alice")).isIn(AccountState.BACKING_OFF, AccountState.SCANNING, AccountState.CONFIRMING);
        story.stop(Duration.ofSeconds(1));
    }

    @Test
    void aStopWhileTheStoreIsFullEndsWithoutLosingAnything() {
        signedIn();
        story.store().full = true;
        alice.receives("one");
        alice.renewCookies("renewed");
        story.seconds(5);
        story.stop(Duration.ofSeconds(20));
        assertThat(story.live("alice", Lifecycle.Stopped.class)).hasSize(1);

        story.start().seconds(30);
        assertThat(story.sink.texts("alice")).containsExactly("one");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aStopRightAfterTheStartEndsAtOnceAndAnEngineRunsOnce() {
        story.account("alice").start().stop(Duration.ofSeconds(1));
        assertThatThrownBy(() -> story.engine().run().block()).hasMessageContaining("runs once");
    }

    @Test
    void anAccountThatIsTakenOutAndAddedAgainGoesOnWhereItWas() {
        signedIn();
        alice.receives("one");
        story.seconds(1);
        story.engine().remove(AccountId.of("alice")).subscribe();
        story.seconds(1);
        assertThatThrownBy(() -> story.engine().account("alice")).hasMessageContaining("no account alice");
        alice.receives("two");
        story.seconds(60);
        assertThat(story.sink.texts("alice")).containsExactly("one");

        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(5);
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(alice.logins()).isEqualTo(1);
        story.stop();
    }

    @Test
    void anAccountThatIsAddedAgainWhileASinkStillHoldsABatchGetsItOnce() {
        signedIn();
        story.sink.rule = batch -> Mono.delay(Duration.ofSeconds(4), story.time).then();
        story.seconds(10);
        alice.receives("one");
        story.seconds(1);
        var removed = story.engine().remove(AccountId.of("alice")).toFuture();
        for (int second = 0; second < 10 && !removed.isDone(); second++) {
            story.seconds(1);
        }
        assertThat(removed).isCompleted();
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(30);

        assertThat(story.sink.texts("alice")).containsExactly("one");
        assertThat(story.sink.offered().stream().filter(batch -> RecordingSink.holds(batch, "one")))
                .hasSize(1);
    }

    @Test
    void anAccountAddedAtRunTimeSignsIn() {
        signedIn();
        story.engine().add(AccountSpec.of("bob")).subscribe();
        story.seconds(5);

        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);
        assertThatThrownBy(() -> story.engine().add(AccountSpec.of("bob")).block())
                .hasMessageContaining("already");
        story.stop();
    }

    @Test
    void anAccountAddedAfterTheStopIsRefused() {
        signedIn();
        story.sink.rule = batch -> Mono.delay(Duration.ofSeconds(3), story.time).then();
        alice.receives("one");
        story.seconds(1);
        story.engine().stop().subscribe();
        assertThatThrownBy(() -> story.engine().add(AccountSpec.of("bob")).block())
                .isInstanceOf(EngineStateException.class)
                .hasMessageContaining("bob")
                .hasMessageContaining("next engine");
        story.seconds(5);
        assertThat(story.isCompleted()).isTrue();
        assertThatThrownBy(() -> story.engine().add(AccountSpec.of("bob")).block())
                .isInstanceOf(EngineStateException.class);
    }

    @Test
    void anAccountIsTakenOutThoughTheStoreIsFull() {
        signedIn();
        story.store().full = true;
        alice.receives("one");
        story.seconds(5);
        var removed = story.engine().remove(AccountId.of("alice")).toFuture();
        story.seconds(1);
        assertThat(removed).isCompleted();

        story.store().full = false;
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(30);
        assertThat(story.sink.texts("alice")).containsExactly("one");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void whoLooksOnAfterTheEndSeesTheEnd() {
        signedIn();
        story.stop();
        assertThat(story.engine().events().collectList().toFuture()).isCompletedWithValue(List.of());
    }

    @Test
    void aThousandAccountsAllStart() {
        IntStream.range(0, 1_000).forEach(i -> story.account("a" + i));
        story.start().seconds(15);
        assertThat(story.engine().accounts()).hasSize(1_000).allMatch(status -> status.state() == AccountState.SYNCING);
        IntStream.range(0, 1_000).forEach(i -> story.server.account("a" + i).receives("hello"));
        story.seconds(1);
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> story.sink.texts("a" + i)))
                .allMatch(texts -> texts.size() == 1);
        story.stop();
    }

    @Test
    void aLogoutWhileNoSessionIsOpenForgetsTheStoredOneAllTheSame() {
        signedIn();
        story.stop();
        alice.always("webwxinit", call -> ModelAccount.unreachable());
        story.start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.BACKING_OFF);
        var loggedOut = story.engine().account("alice").logout().toFuture();
        story.seconds(1);
        assertThat(loggedOut).isCompleted();
        assertThat(story.server.requests("alice", "webwxlogout")).hasSize(1);
        story.stop();
        alice.normal();
        story.server.forgetRequests();
        story.start().seconds(10);

        assertThat(story.server.requests("alice", "webwxpushloginurl")).isEmpty();
        assertThat(story.server.requests("alice", "jslogin")).hasSize(1);
        assertThat(story.sink.types("alice")).contains("wx.account.logged-out");
    }

    @Test
    void anAccountThatIsTakenOutTwiceAtOnceKeepsItsCursors() {
        var late = new RecordingSink();
        late.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("late", late));
        signedIn();
        alice.receives("one");
        story.seconds(1);
        var first = story.engine().remove(AccountId.of("alice")).toFuture();
        var second = story.engine().remove(AccountId.of("alice")).toFuture();
        story.seconds(1);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        late.rule = batch -> Mono.empty();
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(40);

        assertThat(late.texts("alice")).containsExactly("one");
    }

    @Test
    void anAccountThatIsAddedWhileItIsTakenOutComesBack() {
        signedIn();
        story.store().commitTakes = Duration.ofSeconds(2);
        alice.receives("one");
        story.seconds(1);
        story.engine().remove(AccountId.of("alice")).subscribe();
        var added = story.engine().add(AccountSpec.of("alice")).toFuture();
        story.seconds(40);

        assertThat(added).isCompleted();
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.texts("alice")).containsExactly("one");
    }

    @Test
    void aSinkThatTheAccountDoesNotFeedNowKeepsItsCursorWhenTheAccountComesAndGoes() {
        var other = new RecordingSink();
        other.rule = batch -> Mono.error(new SinkUnavailableException("down"));
        story.sink(SinkSpec.of("other", other));
        story.sink.rule = other.rule;
        signedIn();
        alice.receives("one");
        story.seconds(1).stop();
        story.account(AccountSpec.of("alice").withSinks(Set.of("sink"))).start().seconds(5);
        story.engine().remove(AccountId.of("alice")).subscribe();
        story.seconds(1);
        other.rule = batch -> Mono.empty();
        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(40);

        assertThat(other.texts("alice")).containsExactly("one");
    }

    @Test
    void ofAThousandThatAddOneAccountOneDoesAndThereIsOneSession() {
        signedIn();
        ModelAccount bob = story.server.account("bob");
        var refused = new ArrayList<Throwable>();
        IntStream.range(0, 1_000)
                .forEach(i -> story.engine().add(AccountSpec.of("bob")).subscribe(done -> {}, refused::add));
        story.seconds(10);
        assertThat(refused).hasSize(999).allSatisfy(error -> assertThat(error).hasMessageContaining("already"));
        assertThat(bob.logins()).isEqualTo(1);
        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);
    }

    /** One person scans for two accounts: the second would end the session of the first. */
    @Test
    void nobodyIsTwoAccountsOfOneEngine() {
        ModelAccount bob = story.server.account("bob");
        bob.uin = alice.uin;
        signedIn();
        story.engine().add(AccountSpec.of("bob")).subscribe();
        story.seconds(10);
        assertThat(story.state("bob")).isEqualTo(AccountState.REFUSED);
        assertThat(story.status("bob").lastError()).contains("is the account alice of this engine already");
        assertThat(story.server.requests("bob", "webwxlogout")).hasSize(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);

        story.engine().remove(AccountId.of("alice")).subscribe();
        story.engine().remove(AccountId.of("bob")).subscribe();
        story.seconds(2);
        story.engine().add(AccountSpec.of("bob")).subscribe();
        story.seconds(10);
        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);

        story.engine().add(AccountSpec.of("alice")).subscribe();
        story.seconds(10);
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        assertThat(story.status("alice").lastError())
                .contains("is the account bob of this engine already", "set its `uin`");
        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void twoAccountsWithOneUinAreRefusedBeforeAnythingRuns() {
        var alice = AccountSpec.of("alice").withUin(new Uin(7));
        var bob = AccountSpec.of("bob").withUin(new Uin(7));
        assertThatThrownBy(() -> Engine.create(
                        EngineOptions.builder().account(alice).account(bob).build()))
                .hasMessageContaining("alice and bob have the same uin");
        signedIn();
        var refused = new ArrayList<Throwable>();
        story.engine().add(AccountSpec.of("carol").withUin(new Uin(7))).subscribe();
        story.engine().add(bob).subscribe(done -> {}, refused::add);
        assertThat(refused)
                .singleElement()
                .satisfies(error -> assertThat(error).hasMessageContaining("carol has the uin of bob already"));
    }
}
