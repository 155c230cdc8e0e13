package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Signing in with a QR code. */
class SignInStoryTests {
    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    private int codes() {
        return story.server.requests("alice", "jslogin").size();
    }

    @Test
    void aScannedCodeOpensASessionAndItsMessagesAreDelivered() {
        story.account("alice").start().seconds(5);
        alice.receives("one", "two");
        story.seconds(1);

        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(story.sink.types("alice"))
                .containsExactly("wx.account.logged-in", "wx.account.ready", "wx.message.text", "wx.message.text");
        assertThat(story.sink.texts("alice")).containsExactly("one", "two");
        assertThat(story.liveTypes("alice"))
                .startsWith("wx.account.qr", "wx.account.scanned", "wx.account.logged-in", "wx.account.ready");
        story.stop();
    }

    @Test
    void aScanIsAnnouncedOnceAndThePollPaced() {
        alice.phone = (number, time) -> Phone.after(
                time,
                Duration.ZERO,
                number < 10 ? WireText.poll(201) : WireText.confirmed(WireText.redirectUri("wx.qq.com")));
        story.account("alice").start().seconds(30);

        assertThat(story.live("alice", Lifecycle.Scanned.class)).hasSize(1);
        var polls = story.server.requests("alice", "login poll");
        assertThat(polls).hasSize(10);
        for (int i = 1; i < polls.size(); i++) {
            assertThat(polls.get(i).millis() - polls.get(i - 1).millis()).isGreaterThanOrEqualTo(1_000);
        }
        assertThat(polls.stream().map(poll -> ScriptedExchange.query(poll.call(), "tip")))
                .startsWith("1", "0", "0");
    }

    @Test
    void aCancelledLoginIsFollowedByAnotherCode() {
        alice.next(Phone.cancels());
        story.account("alice").start().seconds(10);

        assertThat(codes()).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anExpiredCodeIsFollowedByAnotherOne() {
        alice.next(Phone.letsExpire(3));
        story.account("alice").start().seconds(90);

        assertThat(codes()).isEqualTo(2);
        assertThat(story.live("alice", Lifecycle.QrIssued.class))
                .extracting(Lifecycle.QrIssued::number)
                .containsExactly(1, 2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aCodeThatNobodyScansIsRenewedAFewTimesAndThenTheAccountWaitsForItsOwner() {
        alice.phone = Phone.looksAway();
        story.account("alice").start();
        for (int minute = 0; minute < 30; minute++) {
            story.seconds(60);
            assertThat(story.server.countWithin("alice", Duration.ofMinutes(1))).isLessThanOrEqualTo(60);
        }

        assertThat(codes()).isEqualTo(5);
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        assertThat(story.sink.accepted("alice"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Lifecycle.Refused.class,
                        refused -> assertThat(refused.reason()).contains("none of 5 QR codes was scanned"));
    }

    @Test
    void theCodesOfAnHourAreCountedOverRestarts() {
        alice.phone = Phone.letsExpire(1);
        story.account("alice");
        for (int run = 0; run < 4; run++) {
            story.start().seconds(300).stop();
        }

        assertThat(codes()).isEqualTo(12);
        story.start().pass(Duration.ofMinutes(38));
        assertThat(codes()).as("codes in the first hour").isEqualTo(12);
        assertThat(story.state("alice")).isEqualTo(AccountState.BACKING_OFF);
        story.pass(Duration.ofMinutes(5));
        assertThat(codes()).as("codes after it").isGreaterThan(12);
    }

    @Test
    void aNetworkThatFailsDuringThePollCostsNoCode() {
        for (int i = 0; i < 3; i++) {
            alice.once("login poll", ModelAccount.unreachable());
        }
        story.account("alice").start().seconds(60);

        assertThat(codes()).isEqualTo(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aNetworkThatFailsDuringThePollForLongCostsOneCode() {
        for (int i = 0; i < 5; i++) {
            alice.once("login poll", ModelAccount.unreachable());
        }
        story.account("alice").start().seconds(120);

        var polls = story.server.requests("alice", "login poll");
        assertThat(polls.get(4).millis() - polls.get(3).millis())
                .as("the pause grows")
                .isGreaterThan(polls.get(1).millis() - polls.get(0).millis());
        assertThat(codes()).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void anAnswerThatMakesNoSenseIsAskedForAFewTimesAndThenTheCodeIsGivenUp() {
        alice.phone = (number, time) -> Mono.just(WireText.poll(999));
        story.account("alice").start().seconds(60);

        assertThat(codes()).as("codes within a minute").isBetween(2, 3);
        story.pass(Duration.ofMinutes(10));
        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
    }

    @Test
    void aLoginPageAtAStrangersHostIsNeverCalled() {
        alice.next((number, time) -> Mono.just(WireText.confirmed(WireText.redirectUri("wx.qq.com.evil.example"))));
        story.account("alice").start().seconds(120);

        assertThat(story.server.requests("alice"))
                .allMatch(request -> request.call().host().endsWith("qq.com"));
        assertThat(codes()).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aLoginPageThatCannotBeReachedIsAskedAgainBeforeAnybodyHasToScanAgain() {
        alice.once("webwxnewloginpage", ModelAccount.unreachable());
        story.account("alice").start().seconds(30);

        assertThat(codes()).isEqualTo(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aLoginPageWithStatus301AndNoLocationIsReadAllTheSame() {
        alice.once(
                "webwxnewloginpage",
                Mono.just(WireText.status(301, WireText.loginPage(1_000, "sid-other", "@crypt_o"))));
        alice.once("webwxinit", WireText.init(1_000, "@self-alice", "@crypt_o", WireText.key(1, 5_000)));
        story.account("alice").start().seconds(3);

        assertThat(story.sink.types("alice")).contains("wx.account.logged-in");
    }

    @Test
    void aFailingInitAfterTheScanCostsNoOtherScan() {
        alice.once("webwxinit", ModelAccount.unreachable()).once("webwxinit", "<html>busy</html>");
        story.account("alice").start().seconds(30);

        assertThat(codes()).isEqualTo(1);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aRefusedAccountStopsForGoodAndTheOthersGoOn() {
        alice.once("webwxnewloginpage", WireText.refusedPage(1203));
        story.account("alice").account("bob").start().pass(Duration.ofMinutes(30));

        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        assertThat(story.status("alice").lastError()).contains("1203").contains("mode: desktop");
        assertThat(story.sink.types("alice")).containsExactly("wx.account.refused");
        assertThat(codes()).isEqualTo(1);
        assertThat(story.state("bob")).isEqualTo(AccountState.SYNCING);
        story.stop();
    }

    @Test
    void aStrangerWhoScansIsLoggedOutAndNothingOfItIsDelivered() {
        story.account(io.wxflux.options.AccountSpec.of("alice").withUin(new io.wxflux.model.Uin(4_711)));
        story.start().seconds(10);
        alice.receives("not for us");
        story.seconds(60);

        assertThat(story.state("alice")).isEqualTo(AccountState.REFUSED);
        assertThat(story.server.requests("alice", "webwxlogout")).hasSize(1);
        assertThat(story.server.requests("alice", "webwxinit")).isEmpty();
        assertThat(story.sink.types("alice")).containsExactly("wx.account.refused");
    }
}
