package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.Uin;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.LoginOptions;
import io.wxflux.options.Secret;
import io.wxflux.simulator.PendingLogin;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with their phones while a code is shown. */
@Tag("scenario")
class PhoneTests {
    @RegisterExtension
    final WeChatService byHand = WeChatService.byHand();

    @Test
    void anAccountThatMayNotUseTheWebIsRefusedForGoodAndTheOthersGoOn() {
        SimAccount barred = byHand.simulator().addAccount(SimAccountSpec.of("barred", 1_000_003));
        SimAccount fine = byHand.simulator().addAccount(SimAccountSpec.of("fine", 1_000_004));
        barred.refuseLogins(1203);
        try (var running = RunningEngine.start(
                byHand.options().account(AccountSpec.of("barred")).account(AccountSpec.of("fine")))) {
            shown(running, "barred", 1).scan(barred);
            shown(running, "barred", 1).confirm();
            running.awaitState("barred", AccountState.REFUSED);
            shown(running, "fine", 1).scan(fine);
            shown(running, "fine", 1).confirm();
            running.awaitState("fine", AccountState.SYNCING);
            assertThat(running.status("barred").lastError()).contains("1203").contains("mode: desktop");
            assertThat(codes(running, "barred")).isEqualTo(1);
            fine.queueBurst(2);
            running.awaitTexts("fine", 2);
        }
    }

    @Test
    void aCodeCancelledOnThePhoneIsFollowedByANewOne() {
        byHand.simulator().addAccount(SimAccountSpec.of("alice", 1_000_005));
        try (var running = RunningEngine.start(byHand.options().account(AccountSpec.of("alice")))) {
            PendingLogin first = shown(running, "alice", 1);
            first.scan(byHand.simulator().account("alice"));
            Await.until(() -> running.liveTypes("alice").contains("wx.account.scanned"));
            first.cancel();
            PendingLogin second = shown(running, "alice", 2);
            second.scan(byHand.simulator().account("alice"));
            second.confirm();
            running.awaitState("alice", AccountState.SYNCING);
        }
    }

    @Test
    void codesNobodyScansEndInAClearState() {
        byHand.simulator().addAccount(SimAccountSpec.of("alice", 1_000_006));
        var login = LoginOptions.defaults().withMaxQrCodes(3);
        try (var running = RunningEngine.start(byHand.options().login(login).account(AccountSpec.of("alice")))) {
            for (int code = 1; code <= 3; code++) {
                shown(running, "alice", code).expire();
            }
            running.awaitState("alice", AccountState.REFUSED);
            assertThat(codes(running, "alice")).isEqualTo(3);
            assertThat(running.status("alice").lastError()).contains("none of 3 QR codes was scanned");

            running.engine().account("alice").signIn().block();
            PendingLogin next = shown(running, "alice", 4);
            next.scan(byHand.simulator().account("alice"));
            next.confirm();
            running.awaitState("alice", AccountState.SYNCING);
        }
    }

    @Test
    void somebodyElsesPhoneIsLoggedOutAndNothingOfItIsDelivered() {
        SimAccount stranger = byHand.simulator().addAccount(SimAccountSpec.of("stranger", 1_000_007));
        stranger.queueBurst(5);
        try (var running = RunningEngine.start(
                byHand.options().account(AccountSpec.of("alice").withUin(new Uin(42))))) {
            shown(running, "alice", 1).scan(stranger);
            shown(running, "alice", 1).confirm();
            running.awaitState("alice", AccountState.REFUSED);
            Await.until(() -> !running.delivered("alice").isEmpty());
            assertThat(running.deliveredTypes("alice")).containsExactly("wx.account.refused");
            Await.until(() -> !stranger.isLoggedIn());
        }
    }

    /** The login behind the n-th code that an account showed. */
    private PendingLogin shown(RunningEngine running, String account, int number) {
        Await.until(() -> codes(running, account) >= number);
        Secret url = running.live(account).stream()
                .filter(Lifecycle.QrIssued.class::isInstance)
                .map(event -> ((Lifecycle.QrIssued) event).loginUrl())
                .toList()
                .get(number - 1);
        String text = url.reveal();
        return byHand.simulator().login(text.substring(text.lastIndexOf('/') + 1));
    }

    private static long codes(RunningEngine running, String account) {
        return running.liveTypes(account).stream()
                .filter("wx.account.qr"::equals)
                .count();
    }
}
