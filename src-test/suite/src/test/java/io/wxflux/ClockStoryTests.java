package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set or wrong from the start, machines that sleep, cookies that run out: no session is lost by them. */
class ClockStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");
    private final SettableClock clock = new SettableClock(story.time);
    private final BrowserNetwork network = new BrowserNetwork(story.server, clock);

    ClockStoryTests() {
        story.clock = clock;
        story.network = network;
    }

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private void signedIn() {
        story.account("alice").start().seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        story.server.forgetRequests();
    }

    private int calls(String operation) {
        return story.server.requests("alice", operation).size();
    }

    private int calls() {
        return story.server.requests("alice").size();
    }

    private void sameSession() {
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(calls("jslogin") + calls("webwxpushloginurl") + calls("webwxinit"))
                .isZero();
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.types("alice")).doesNotContain("wx.account.logged-out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void aClockThatIsSetCostsOneRequestAtMost(String jump) {
        signedIn();
        story.pass(Duration.ofMinutes(10));
        int usual = calls();
        story.server.forgetRequests();
        clock.jump(Duration.parse(jump));
        story.pass(Duration.ofMinutes(10));

        assertThat(calls()).isBetween(usual - 1, usual + 1);
        alice.receives("after");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("after");
        sameSession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void aClockThatIsSetChangesNoWaitAfterAFailure(String jump) {
        signedIn();
        alice.always("synccheck", call -> ModelAccount.unreachable());
        story.pass(Duration.ofMinutes(5));
        clock.jump(Duration.parse(jump));
        alice.receives("after the outage");
        alice.normal();
        story.seconds(61);

        assertThat(story.sink.texts("alice")).containsExactly("after the outage");
        sameSession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void aClockThatIsSetMakesNoCycleSpinAndStopsNone(String jump) {
        signedIn();
        alice.always("synccheck", call -> reactor.core.publisher.Mono.just(WireText.ok(WireText.check(0, 0))));
        story.pass(Duration.ofMinutes(3));
        clock.jump(Duration.parse(jump));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isBetween(3L, 7L);
        alice.normal();
        story.seconds(30);
        alice.receives("at once again");
        story.seconds(1);

        assertThat(story.sink.texts("alice")).containsExactly("at once again");
        sameSession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void sendsGoOnAtTheirPaceAndTheirIdsRise(String jump) {
        signedIn();
        List<CompletableFuture<SendReceipt>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                clock.jump(Duration.parse(jump));
            }
            sent.add(story.engine()
                    .account("alice")
                    .sendText(UserName.of("filehelper"), "text " + i)
                    .toFuture());
            story.seconds(1);
        }
        story.seconds(25);

        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(sent.stream().map(CompletableFuture::join).map(SendReceipt::clientMsgId))
                .isSorted()
                .doesNotHaveDuplicates();
        var times = story.server.requests("alice", "webwxsendmsg");
        assertThat(times.get(9).millis() - times.get(0).millis())
                .as("three at once, then one every 3 s")
                .isBetween(20_000L, 22_000L);
        sameSession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT24H", "PT-24H"})
    void theCookiesOfAQuietAccountAreAliveAfterANightWhateverTheLocalClockSays(String wrong) {
        clock.jump(Duration.parse(wrong));
        signedIn();
        story.pass(Duration.ofHours(13));

        assertThat(network.cookies("webpush.wx2.qq.com")).contains("wxsid=");
        assertThat(calls("webwxsync")).isBetween(12, 13);
        alice.receives("good morning");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("good morning");
        sameSession();
    }

    @Test
    void cookiesThatTheServiceDoesNotRenewRunOutAndCostTheSession() {
        signedIn();
        alice.always("webwxsync", call -> ModelAccount.unreachable());
        story.pass(BrowserNetwork.LIFE.plusHours(1));

        assertThat(story.live("alice", Lifecycle.LoggedOut.class))
                .singleElement()
                .extracting(Lifecycle.LoggedOut::code)
                .isEqualTo(1102);
    }

    /** Its steady clock stood, its time of day has jumped, and nobody is at the other end of its connections. */
    @Test
    void aMachineThatSleptForHoursGoesOnByItself() {
        signedIn();
        network.cut();
        clock.jump(Duration.ofHours(3));
        alice.receives("while it slept");
        story.seconds(45);

        assertThat(story.sink.texts("alice")).containsExactly("while it slept");
        sameSession();
    }

    /** As a process that is stopped and continued: its clocks went on, and all its timers fire at once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessThatWasStoppedForHoursGoesOnByItself(boolean cut) {
        signedIn();
        clock.sleep();
        story.pass(Duration.ofHours(3));
        alice.receives("while it was stopped");
        if (cut) {
            network.cut();
        }
        story.server.forgetRequests();
        clock.wake();
        story.seconds(45);

        assertThat(story.sink.texts("alice")).containsExactly("while it was stopped");
        assertThat(calls()).as("no herd of what is late").isLessThanOrEqualTo(12);
        sameSession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void aCodeIsShownForItsTime(String jump) {
        alice.phone = Phone.looksAway();
        story.account("alice").start().seconds(60);
        clock.jump(Duration.parse(jump));
        story.pass(Duration.ofMinutes(3));
        assertThat(calls("jslogin")).isEqualTo(1);
        story.pass(Duration.ofMinutes(2));
        assertThat(calls("jslogin")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void aHeldLoginIsHeldForItsTime(String jump) {
        story.login = story.login.withMinLoginInterval(Duration.ofMinutes(10));
        signedIn();
        alice.endSession(1101);
        story.seconds(5);
        assertThat(story.live("alice", Lifecycle.LoginHeld.class)).hasSize(1);
        clock.jump(Duration.parse(jump));
        story.pass(Duration.ofMinutes(9));
        assertThat(alice.logins()).isEqualTo(1);
        story.pass(Duration.ofMinutes(1));
        assertThat(alice.logins()).isEqualTo(2);
    }

    /** What was kept seems to be of tomorrow then; an hour is the longest that it holds. */
    @Test
    void aClockThatWasSetBackBetweenTwoRunsHoldsALoginForAnHourAtMost() {
        story.login = story.login.withMaxLoginsPerHour(1);
        signedIn();
        story.stop();
        alice.endSession(1101);
        clock.jump(Duration.ofHours(-24));
        story.start().pass(Duration.ofMinutes(59));
        assertThat(alice.logins()).isEqualTo(1);
        story.pass(Duration.ofMinutes(3));
        assertThat(alice.logins()).isEqualTo(2);
    }
}
