package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.simulator.LoginPage;
import io.wxflux.simulator.PushLogin;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing in, and what happens when it does not go as it should. */
@Tag("scenario")
class SignInTests {
    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @Test
    void anAccountIsScannedAndItsMessagesArriveNamedAndInOrder() {
        SimAccount alice = account("alice", 1_000_001);
        try (var running = RunningEngine.start(weChat.options().account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            alice.queue(SimMessage.text(SimPeer.friend(1), "早上好 <&> 😀"));
            alice.queue(SimMessage.roomText(SimPeer.member(1, 1), "第一行\n第二行"));
            alice.queue(SimMessage.ownText(SimPeer.friend(2), "from my phone"));
            running.awaitTexts("alice", 3);
            assertThat(running.texts("alice")).containsExactly("早上好 <&> 😀", "第一行\n第二行", "from my phone");
            assertThat(running.deliveredTypes("alice")).startsWith("wx.account.logged-in", "wx.account.ready");
            assertThat(running.liveTypes("alice")).startsWith("wx.account.qr");
        }
    }

    @Test
    void aSessionThatIsKickedOutAsksThePhoneFirstAndThenShowsACode() {
        SimAccount alice = account("alice", 1_000_002);
        try (var running = RunningEngine.start(weChat.options().account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            alice.onPushLogin(PushLogin.CONFIRM);
            alice.end(1101);
            Await.until(() -> origins(running).size() == 2);
            assertThat(origins(running)).containsExactly(Lifecycle.Origin.QR, Lifecycle.Origin.PUSH);

            running.awaitState("alice", AccountState.SYNCING);
            alice.onPushLogin(PushLogin.REFUSE);
            alice.end(1100);
            Await.until(() -> origins(running).size() == 3);
            assertThat(origins(running).get(2)).isEqualTo(Lifecycle.Origin.QR);

            alice.queueBurst(3);
            running.awaitTexts("alice", 3);
            assertThat(running.deliveredTypes("alice")).contains("wx.account.logged-out");
        }
    }

    @Test
    void aRestartedEngineGoesOnWithoutAScanAndMissesNothing() {
        SimAccount alice = account("alice", 1_000_008);
        var store = new InMemoryCoordinator();
        try (var running =
                RunningEngine.start(weChat.options().coordinator(store).account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            alice.queueBurst(10);
            running.awaitTexts("alice", 10);
        }
        alice.queueBurst(10);
        try (var running =
                RunningEngine.start(weChat.options().coordinator(store.reopen()).account(AccountSpec.of("alice")))) {
            running.awaitTexts("alice", 10);
            assertThat(running.deliveredTypes("alice")).startsWith("wx.account.resumed");
            assertThat(running.texts("alice")).hasSize(10).isSorted();
            assertThat(alice.logins()).isEqualTo(1);
        }
    }

    @Test
    void desktopModeOpensTheDoorThatWebModeFindsClosed() {
        SimAccount alice = account("alice", 1_000_009);
        alice.refuseWebLogins();
        var desktop = LoginMode.desktop(Secret.of("made-up-extspam"), "2.0.0");
        try (var running = RunningEngine.start(
                weChat.options().account(AccountSpec.of("alice").withMode(desktop)))) {
            running.awaitState("alice", AccountState.SYNCING);
        }
    }

    @Test
    void aPageOfHtmlInsteadOfTheLoginPageIsFollowed() {
        SimAccount alice = account("alice", 1_000_010);
        alice.answerLoginsWith(LoginPage.HTML);
        try (var running = RunningEngine.start(weChat.options().account(AccountSpec.of("alice")))) {
            running.awaitState("alice", AccountState.SYNCING);
            alice.queueBurst(3);
            running.awaitTexts("alice", 3);
            assertThat(alice.logins()).isEqualTo(1);
        }
    }

    private SimAccount account(String name, long uin) {
        return weChat.simulator().addAccount(SimAccountSpec.of(name, uin).withContacts(5, 2, 4));
    }

    private static List<Lifecycle.Origin> origins(RunningEngine running) {
        return running.delivered("alice").stream()
                .filter(Lifecycle.LoggedIn.class::isInstance)
                .map(event -> ((Lifecycle.LoggedIn) event).origin())
                .toList();
    }
}
