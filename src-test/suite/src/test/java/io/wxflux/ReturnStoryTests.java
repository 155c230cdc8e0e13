package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.Uin;
import io.wxflux.options.AccountSpec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Coming back: resume after a restart, push login, and what a refused token leads to. */
class ReturnStoryTests {
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

    @Test
    void aRestartResumesAndHasWhatCameMeanwhile() {
        signedIn();
        alice.receives("before");
        story.seconds(1).stop();
        alice.receives("meanwhile 1", "meanwhile 2");
        story.server.forgetRequests();
        story.start().seconds(5);

        assertThat(calls("jslogin")).isZero();
        assertThat(calls("webwxpushloginurl")).isZero();
        assertThat(calls("webwxinit")).isEqualTo(1);
        assertThat(story.sink.texts("alice")).containsExactly("before", "meanwhile 1", "meanwhile 2");
        assertThat(story.sink.types("alice")).contains("wx.account.resumed");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aKilledProcessLosesNothingAndDoublesNothing() {
        signedIn();
        for (int round = 0; round < 5; round++) {
            alice.receives("a" + round, "b" + round);
            story.pass(Duration.ofMillis(150));
            story.kill().start().seconds(5);
        }

        assertThat(story.sink.texts("alice"))
                .containsExactly("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aFaultAtResumeIsTriedAgainWithoutACode() {
        signedIn();
        story.stop();
        alice.once("webwxinit", ModelAccount.unreachable()).once("webwxinit", "<html>maintenance</html>");
        story.start().seconds(30);

        assertThat(calls("jslogin")).isEqualTo(1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(1);
    }

    @Test
    void aSessionThatEndedMeanwhileIsFollowedByPushLogin() {
        signedIn();
        story.stop();
        alice.endSession(1101);
        story.start().seconds(10);

        assertThat(calls("webwxpushloginurl")).isEqualTo(1);
        assertThat(calls("jslogin")).isEqualTo(1);
        assertThat(story.sink.accepted("alice").stream().filter(Lifecycle.LoggedOut.class::isInstance))
                .singleElement()
                .extracting(event -> ((Lifecycle.LoggedOut) event).code())
                .isEqualTo(1101);
        assertThat(story.sink.accepted("alice").stream()
                        .filter(Lifecycle.LoggedIn.class::isInstance)
                        .map(event -> ((Lifecycle.LoggedIn) event).origin()))
                .containsExactly(Lifecycle.Origin.QR, Lifecycle.Origin.PUSH);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void pushLoginThatIsNotOfferedLeadsToACode() {
        signedIn();
        alice.offersPush = false;
        alice.endSession(1101);
        story.seconds(20);

        assertThat(story.server.requests("alice", "webwxpushloginurl").stream()
                        .map(request -> request.call().host()))
                .containsExactly("wx2.qq.com", "login.weixin.qq.com");
        assertThat(calls("jslogin")).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void pushLoginThatTheOwnerCancelsLeadsToACode() {
        signedIn();
        alice.next(Phone.cancels());
        alice.endSession(1100);
        story.seconds(20);

        assertThat(calls("webwxpushloginurl")).isEqualTo(1);
        assertThat(calls("jslogin")).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void pushLoginThatNobodyAnswersLeadsToACode() {
        signedIn();
        alice.next(Phone.looksAway());
        alice.endSession(1102);
        story.pass(Duration.ofSeconds(110));
        assertThat(calls("jslogin")).isEqualTo(1);
        story.pass(Duration.ofSeconds(30));

        assertThat(calls("jslogin")).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void pushLoginCanBeSwitchedOff() {
        story.login = story.login.withPushLogin(false);
        signedIn();
        alice.endSession(1101);
        story.seconds(20);

        assertThat(calls("webwxpushloginurl")).isZero();
        assertThat(calls("jslogin")).isEqualTo(2);
    }

    @Test
    void refusedTokensAreGivenOneMoreInitWhichCostsNoMessage() {
        signedIn();
        alice.once("webwxsync", WireText.ret(-14));
        alice.receives("behind the stored key, before the key of the new init");
        story.seconds(10);
        alice.receives("after");
        story.seconds(5);

        assertThat(calls("webwxinit")).isEqualTo(2);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.sink.texts("alice"))
                .containsExactly("behind the stored key, before the key of the new init", "after");
        assertThat(story.sink.types("alice")).doesNotContain("wx.account.logged-out");
    }

    @Test
    void freshTokensThatAreRefusedAreGivenAnotherInitWhoseKeyThenCounts() {
        signedIn();
        refuseSync(2);
        alice.receives("skipped by the new key");
        story.seconds(10);
        alice.receives("after");
        story.seconds(5);

        assertThat(calls("webwxinit")).isEqualTo(3);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.sink.texts("alice")).containsExactly("after");
        assertThat(story.sink.types("alice")).doesNotContain("wx.account.logged-out");
    }

    @Test
    void tokensRefusedThreeTimesInARowEndTheSession() {
        signedIn();
        refuseSync(3);
        alice.receives("one");
        story.seconds(10);
        alice.receives("two");
        story.seconds(20);

        assertThat(story.sink.types("alice")).contains("wx.account.logged-out");
        assertThat(calls("webwxpushloginurl")).isEqualTo(1);
        assertThat(alice.logins()).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    /** In a row means: with no webwxsync between them that was answered. */
    @Test
    void anAnsweredSyncSetsTheRefusalsBack() {
        signedIn();
        for (int i = 0; i < 4; i++) {
            refuseSync(1);
            alice.receives("text " + i);
            story.seconds(30);
        }

        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.sink.texts("alice")).containsExactly("text 0", "text 1", "text 2", "text 3");
    }

    /** A stop says nothing about the tokens, so it must not give them another chance for ever. */
    @Test
    void aRestartDoesNotSetTheRefusalsBack() {
        signedIn();
        alice.syncTakes = Duration.ofSeconds(5);
        for (int i = 0; i < 3; i++) {
            story.stop();
            refuseSync(1);
            alice.receives("text " + i);
            // Refused, initialised anew, and stopped before webwxsync is answered.
            story.start().seconds(4);
        }
        story.seconds(30);

        assertThat(story.sink.types("alice")).contains("wx.account.logged-out");
        assertThat(alice.logins()).isEqualTo(2);
    }

    private void refuseSync(int times) {
        for (int i = 0; i < times; i++) {
            alice.once("webwxsync", WireText.ret(-14));
        }
    }

    @Test
    void tokensRefusedAtResumeAreTriedOnceMoreAndThenTheSessionIsOver() {
        signedIn();
        story.stop();
        alice.once("webwxinit", WireText.ret(-14)).once("webwxinit", WireText.ret(-14));
        story.start().seconds(20);

        assertThat(story.sink.types("alice")).contains("wx.account.logged-out");
        assertThat(alice.logins()).isEqualTo(2);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }

    @Test
    void aSessionOfAnotherUinThanIsNowConfiguredIsNotResumed() {
        signedIn();
        story.stop();
        story.server.forgetRequests();
        alice.receives("of the wrong person");
        long other = alice.uin + 1;
        story.account(AccountSpec.of("alice").withUin(new Uin(other)));
        alice.next((number, time) -> {
            alice.uin = other;
            return Phone.confirms().poll(number, time);
        });
        story.start().seconds(20);

        assertThat(calls("webwxpushloginurl")).isZero();
        assertThat(story.sink.texts("alice")).isEmpty();
        assertThat(story.status("alice").uin()).isEqualTo(new Uin(other));
    }

    /** It says nothing about the sync key, which has everything behind it that came meanwhile. */
    @Test
    void aRefusalOfTheInitAtResumeCostsNoMessage() {
        signedIn();
        story.stop();
        alice.receives("meanwhile");
        alice.once("webwxinit", WireText.ret(-14));
        story.start().seconds(20);

        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.sink.texts("alice")).containsExactly("meanwhile");
    }

    @Test
    void aRefusalOfTheContactsAtResumeCostsNoMessage() {
        signedIn();
        story.stop();
        alice.receives("meanwhile");
        alice.once("webwxgetcontact", WireText.ret(1));
        story.start().seconds(20);

        assertThat(alice.logins()).isEqualTo(1);
        assertThat(story.sink.texts("alice")).containsExactly("meanwhile");
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
    }
}
