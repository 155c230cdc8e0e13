package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.Lifecycle.LoginHeld.Limit;
import io.wxflux.options.LoginOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that end over and over, and owners who never look: how often somebody is asked, and who may ask anyway. */
class LoginGuardStoryTests {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private int calls(String operation) {
        return story.server.requests("alice", operation).size();
    }

    private void signedIn() {
        story.account("alice").start().seconds(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private List<Limit> held() {
        return story.live("alice", Lifecycle.LoginHeld.class).stream()
                .map(Lifecycle.LoginHeld::limit)
                .toList();
    }

    /** Ends each session as soon as it is one. */
    private void endEverySession(Duration during) {
        for (long second = 0; second < during.toSeconds(); second++) {
            if (story.state("alice") == AccountState.SYNCING) {
                alice.endSession(1101);
            }
            story.seconds(1);
        }
    }

    private void signIn() {
        story.engine().account("alice").signIn().subscribe();
    }

    /** From the first login to the second, of a session that ends at once. */
    private Duration gap(LoginOptions login) {
        story.login = login;
        story.account("alice").start();
        endEverySession(Duration.ofMinutes(10));
        var logins = story.server.requests("alice", "webwxnewloginpage");
        return Duration.ofMillis(logins.get(1).millis() - logins.get(0).millis());
    }

    /** Logins within an hour of sessions that end at once. */
    private int loginsOfAnHour(LoginOptions login) {
        story.login = login;
        story.account("alice").start();
        endEverySession(HOUR);
        return alice.logins();
    }

    @Test
    void sessionsThatEndOverAndOverAreFollowedBySixLoginsAnHour() {
        assertThat(loginsOfAnHour(story.login)).isEqualTo(6);
        assertThat(held()).contains(Limit.LOGIN_INTERVAL, Limit.LOGINS_PER_HOUR);
        assertThat(story.live("alice", Lifecycle.LoginHeld.class))
                .last()
                .satisfies(held -> assertThat(held.count()).isEqualTo(6))
                .satisfies(held -> assertThat(held.delay()).isBetween(Duration.ofMinutes(30), HOUR));
        assertThat(story.state("alice")).isEqualTo(AccountState.BACKING_OFF);
        assertThat(story.status("alice").nextTry()).isNotNull();

        endEverySession(Duration.ofMinutes(10));
        assertThat(alice.logins()).as("by itself, when the hour is over").isGreaterThan(6);
    }

    @Test
    void anApplicationMayAllowFewerLogins() {
        assertThat(loginsOfAnHour(story.login.withMaxLoginsPerHour(2))).isEqualTo(2);
    }

    @Test
    void anApplicationMayAllowMoreLogins() {
        assertThat(loginsOfAnHour(story.login.withMaxLoginsPerHour(15))).isEqualTo(15);
    }

    @Test
    void aLoginWaitsTheUsualIntervalAfterTheLast() {
        assertThat(gap(story.login)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(14));
    }

    @Test
    void anApplicationMayChooseALongerInterval() {
        assertThat(gap(story.login.withMinLoginInterval(Duration.ofMinutes(3))))
                .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(184));
    }

    @Test
    void anApplicationMayDoWithoutAnInterval() {
        assertThat(gap(story.login.withMinLoginInterval(Duration.ZERO))).isLessThan(Duration.ofSeconds(8));
        assertThat(held()).doesNotContain(Limit.LOGIN_INTERVAL);
    }

    @Test
    void loginsAreCountedOverRestartsAndCrashes() {
        signedIn();
        for (int run = 0; run < 20; run++) {
            endEverySession(Duration.ofMinutes(2));
            if (run % 2 == 0) {
                story.kill().start();
            } else {
                story.stop().start();
            }
        }
        assertThat(alice.logins()).isEqualTo(6);
    }

    /** Whatever is stored after the clock was set tells the times of the logins by the clock as it is now. */
    @Test
    void loginsAreCountedOverAClockThatIsSetAndACrash() {
        var clock = new SettableClock(story.time);
        story.clock = clock;
        signedIn();
        for (int login = 0; login < 5; login++) {
            alice.endSession(1101);
            story.seconds(20);
        }
        assertThat(alice.logins()).isEqualTo(6);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        clock.jump(Duration.ofHours(2));
        alice.endSession(1101);
        story.seconds(5).kill().start().pass(Duration.ofMinutes(10));
        assertThat(alice.logins()).isEqualTo(6);
        assertThat(held()).contains(Limit.LOGINS_PER_HOUR);
    }

    @Test
    void aPhoneThatWasAskedCountsThoughItsOwnerDidNotAnswer() {
        signedIn();
        alice.phone = Phone.looksAway();
        alice.endSession(1101);
        for (int run = 0; run < 20; run++) {
            story.pass(Duration.ofMinutes(2)).kill().start();
        }
        assertThat(calls("webwxpushloginurl")).isEqualTo(5);
    }

    @Test
    void aLoginThatGoesFromPhoneToCodeIsOne() {
        story.login = story.login.withMinLoginInterval(Duration.ZERO);
        signedIn();
        for (int login = 0; login < 5; login++) {
            alice.next(Phone.cancels());
            alice.endSession(1101);
            story.seconds(20);
        }
        assertThat(alice.logins()).isEqualTo(6);
        alice.endSession(1101);
        story.seconds(60);
        assertThat(held()).containsExactly(Limit.LOGINS_PER_HOUR);
    }

    @Test
    void resumingIsNoLogin() {
        signedIn();
        for (int run = 0; run < 20; run++) {
            story.kill().start().seconds(3);
        }
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(held()).isEmpty();
    }

    @Test
    void codesOfAnHourAreHeldWithAnAlert() {
        alice.phone = Phone.cancels();
        story.login = story.login.withMaxQrCodes(50).withMaxQrCodesPerHour(3);
        story.account("alice").start().pass(Duration.ofMinutes(50));

        assertThat(calls("jslogin")).isEqualTo(3);
        assertThat(held()).containsExactly(Limit.QR_CODES_PER_HOUR);
    }

    @Test
    void whoHasThePhoneAtHandNeedNotWait() {
        story.login = story.login.withMaxLoginsPerHour(1);
        signedIn();
        alice.endSession(1101);
        story.pass(Duration.ofMinutes(5));
        assertThat(story.state("alice")).isEqualTo(AccountState.BACKING_OFF);
        signIn();
        story.seconds(10);

        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(2);
    }

    @Test
    void whoHasThePhoneAtHandEndsThePauseAfterAFailure() {
        alice.always("jslogin", call -> ModelAccount.unreachable());
        story.account("alice").start().pass(Duration.ofMinutes(10));
        alice.normal();
        signIn();
        story.pass(Duration.ofMillis(100));

        assertThat(story.live("alice", Lifecycle.QrIssued.class)).hasSize(1);
    }

    @Test
    void whoHasThePhoneAtHandDoesNotEndARest() {
        alice.once("webwxinit", WireText.ret(1205));
        story.account("alice").start().seconds(10);
        signIn();
        story.seconds(40);

        assertThat(calls("webwxinit")).isEqualTo(1);
    }

    @Test
    void whoHasThePhoneAtHandIsShownOneMoreCode() {
        alice.phone = Phone.cancels();
        story.login = story.login.withMaxQrCodes(50).withMaxQrCodesPerHour(3);
        story.account("alice").start().pass(Duration.ofMinutes(5));
        signIn();
        story.pass(Duration.ofMinutes(5));

        assertThat(calls("jslogin")).isEqualTo(4);
    }

    /** The account is not given up: it waits for its operator. */
    @Test
    void anAccountWhoseCodesNobodyScannedBeginsAnewWhenAsked() {
        alice.phone = Phone.looksAway();
        story.account("alice").account("bob").start().pass(Duration.ofMinutes(30));
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        assertThat(calls("jslogin")).isEqualTo(5);
        assertThat(story.status("alice").lastError()).contains("wxflux login -a alice");

        alice.phone = Phone.confirms();
        signIn();
        story.seconds(10);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.status("alice").lastError()).isNull();
        alice.receives("at last");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("at last");
    }

    @Test
    void anAccountThatTheServiceRefusedIsTriedAgainOnlyWhenAsked() {
        alice.once("webwxnewloginpage", WireText.refusedPage(1203));
        story.account("alice").start().pass(Duration.ofHours(5));
        assertThat(calls("jslogin")).isEqualTo(1);
        signIn();
        story.seconds(10);

        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.types("alice"))
                .containsExactly("wx.account.refused", "wx.account.logged-in", "wx.account.ready");
        story.stop();
        assertThat(story.liveTypes("alice")).endsWith("wx.account.stopped");
    }

    @Test
    void aRefusedAccountIsStoppedTakenOutAndAddedLikeAnyOther() {
        alice.once("webwxnewloginpage", WireText.refusedPage(1203));
        story.account("alice").start().seconds(10);
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        story.engine().remove(io.wxflux.model.AccountId.of("alice")).subscribe();
        story.seconds(1);
        story.engine().add(io.wxflux.options.AccountSpec.of("alice")).subscribe();
        story.seconds(10);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);

        alice.once("webwxnewloginpage", WireText.refusedPage(1203));
        alice.endSession(1101);
        story.seconds(30);
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        story.stop();
        assertThat(story.liveTypes("alice")).endsWith("wx.account.refused");
    }

    @Test
    void anAccountThatIsSignedInGoesOnUnchanged() {
        signedIn();
        story.server.forgetRequests();
        signIn();
        story.seconds(20);

        assertThat(story.server.requests("alice"))
                .allMatch(request -> request.operation().equals("synccheck"));
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    private Duration untilAllHaveBegun(LoginOptions login) {
        story.login = login;
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "a" + i).toList();
        names.forEach(story::account);
        story.start().seconds(30).stop();
        story.server.forgetRequests();
        long began = story.server.now();
        story.start().seconds(60);
        return Duration.ofMillis(names.stream()
                        .mapToLong(name ->
                                story.server.requests(name, "webwxinit").get(0).millis())
                        .max()
                        .orElseThrow()
                - began);
    }

    @Test
    void aRestartIsSpreadAndNotARush() {
        assertThat(untilAllHaveBegun(story.login)).isBetween(Duration.ofMillis(39 * 5), Duration.ofMillis(39 * 7));
    }

    @Test
    void anApplicationMaySpreadARestartMore() {
        assertThat(untilAllHaveBegun(story.login.withStartsPerSecond(2)))
                .isBetween(Duration.ofMillis(39 * 500), Duration.ofMillis(39 * 626));
    }
}
