package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LoginAndSyncTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .syncHold(Duration.ofMillis(300))
                .loginHold(Duration.ofMillis(300))
                .syncBatch(4)
                .autoScan(Duration.ofMillis(20), Duration.ofMillis(20))
                .start();
        account = simulator.addAccount(SimAccountSpec.of("alice", 1234567890L).withHome("wx2.qq.com"));
        client = new WebClient(simulator);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void walksFromTheCodeToTheFirstMessages() {
        account.queueBurst(3);
        client.logIn();
        assertThat(client.home).isEqualTo("wx2.qq.com");
        assertThat(client.check()).isEqualTo("window.synccheck={retcode:\"0\",selector:\"2\"}");
        JsonNode batch = client.sync();
        assertThat(contents(batch)).hasSize(3).first().asString().startsWith("#000001 ");
        assertThat(client.check()).isEqualTo("window.synccheck={retcode:\"0\",selector:\"0\"}");
        assertThat(account.acknowledged()).isEqualTo(3);
        simulator.assertNoViolations();
    }

    @Test
    void repeatsWhatFollowsTheKeyShown() {
        client.logIn();
        account.queueBurst(10);
        JsonNode first = client.syncKey;
        String once = client.syncWith(first).text();
        assertThat(client.syncWith(first).text()).isEqualTo(once);
        List<String> all = new ArrayList<>();
        JsonNode batch;
        do {
            batch = client.sync();
            batch.path("AddMsgList")
                    .forEach(message -> all.add(message.path("MsgId").asString()));
        } while (batch.path("ContinueFlag").asInt() != 0);
        assertThat(all)
                .isEqualTo(account.queued().stream().map(QueuedMessage::msgId).toList());
        simulator.assertNoViolations();
    }

    @Test
    void answersAHeldPollWhenSomethingComes() {
        client.logIn();
        var poll = client.checkLater("webpush.wx2.qq.com").toFuture();
        account.queue(SimMessage.roomText(SimPeer.member(1, 3), "你好 <b>"));
        assertThat(poll.join().text()).contains("selector:\"2\"");
        JsonNode message = client.sync().path("AddMsgList").get(0);
        assertThat(message.path("FromUserName").asString()).startsWith("@@");
        assertThat(message.path("Content").asString()).matches("@[0-9a-f]{32,64}:<br/>你好 &lt;b&gt;");
        simulator.assertNoViolations();
    }

    @Test
    void servesWhatWasNotAcknowledgedToTheNextLoginUnderTheSameIds() {
        client.logIn();
        account.queue(SimMessage.text(SimPeer.friend(2), "one"));
        JsonNode before = client.sync().path("AddMsgList").get(0);
        try (WebClient second = new WebClient(simulator)) {
            second.rememberingUin(account.uin()).logIn();
            JsonNode after = second.sync().path("AddMsgList").get(0);
            assertThat(after.path("MsgId").asString())
                    .isEqualTo(before.path("MsgId").asString());
            assertThat(after.path("FromUserName").asString())
                    .isNotEqualTo(before.path("FromUserName").asString())
                    .isEqualTo(account.userName(SimPeer.friend(2)));
            assertThat(client.check()).contains("retcode:\"1101\"");
        }
        simulator.assertNoViolations();
    }

    static List<String> contents(JsonNode batch) {
        List<String> all = new ArrayList<>();
        batch.path("AddMsgList")
                .forEach(message -> all.add(message.path("Content").asString()));
        return all;
    }
}
