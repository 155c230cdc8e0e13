package io.wxflux.docs;

// begin
import io.wxflux.Engine;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PingBotTest {
    @RegisterExtension
    final WeChatService weChat = WeChatService.create(); // its phones scan by themselves

    @Test
    void answersPing() {
        SimAccount shop = weChat.simulator().addAccount(SimAccountSpec.of("shop", 1234567890L));
        Engine engine =
                Engine.create(weChat.options().account(AccountSpec.of("shop")).build());
        engine.reply(PingBot::answer).run().subscribe();
        Await.until(shop::isLoggedIn);
        shop.queue(SimMessage.text(SimPeer.friend(1), "ping"));
        Await.until(() -> !shop.sent().isEmpty()); // shop.sent() has what, and to whom
        engine.stop().block();
    }
}
// end
