package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pages that were made beforehand are pages like all others. */
class BacklogTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .syncHold(Duration.ofMillis(300))
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
    void pagesFollowWithoutEndEachWithIdsOfItsOwn() {
        client.logIn();
        simulator.startBacklog(2, 5, Map.of("text", 1, "link", 1, "image", 1), true);
        assertThat(client.check()).contains("selector:\"2\"");
        List<String> ids = new ArrayList<>();
        var sizes = new HashSet<Integer>();
        for (int i = 0; i < 40; i++) {
            JsonNode page = client.sync();
            assertThat(page.at("/BaseResponse/Ret").asInt(-1)).isZero();
            assertThat(page.path("ContinueFlag").asInt()).isEqualTo(1);
            assertThat(page.path("AddMsgCount").asInt())
                    .isBetween(2, 5)
                    .isEqualTo(page.path("AddMsgList").size());
            sizes.add(page.path("AddMsgCount").asInt());
            for (JsonNode message : page.path("AddMsgList")) {
                String id = message.path("MsgId").asString();
                assertThat(message.path("NewMsgId").asString()).isEqualTo(id);
                assertThat(message.path(SimMessage.STAMP).asLong() / 1_000)
                        .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(600_000L));
                assertThat(message.path("CreateTime").asLong())
                        .isEqualTo(message.path(SimMessage.STAMP).asLong() / 1_000_000);
                ids.add(id);
            }
        }
        assertThat(sizes).containsExactlyInAnyOrder(2, 3, 4, 5);
        assertThat(ids).doesNotHaveDuplicates().hasSize((int) simulator.backlogServed());
        assertThat(ids)
                .as("the log knows them")
                .isEqualTo(account.queued().stream().map(QueuedMessage::msgId).toList());
        simulator.stopBacklog();
        assertThat(client.check()).as("nothing more").contains("selector:\"0\"");
        assertThat(account.acknowledged()).isEqualTo(ids.size());
        account.queue(SimMessage.text(SimPeer.friend(1), "after it"));
        assertThat(LoginAndSyncTest.contents(client.sync())).containsExactly("after it");
        simulator.assertNoViolations();
    }

    @Test
    void aPageIsOneOfTheOthersWhenItIsMadeBeforehand() {
        account.queueBurst(1);
        client.logIn();
        JsonNode usual = client.sync();
        simulator.startBacklog(1, 1, Map.of(), false);
        JsonNode made = client.sync();
        assertThat(made.propertyNames()).containsExactlyElementsOf(usual.propertyNames());
        JsonNode message = made.at("/AddMsgList/0");
        assertThat(message.propertyNames())
                .containsAll(usual.at("/AddMsgList/0").propertyNames());
        assertThat(message.path("Content")).isEqualTo(usual.at("/AddMsgList/0/Content"));
        assertThat(message.path("FromUserName")).isEqualTo(usual.at("/AddMsgList/0/FromUserName"));
        assertThat(made.at("/SyncKey/Count")).isEqualTo(usual.at("/SyncKey/Count"));
    }

    @Test
    void whatIsNotAcknowledgedIsServedAgainAlsoWhenItIsOver() {
        client.logIn();
        account.queueBurst(2);
        assertThat(client.sync().path("AddMsgCount").asInt()).isEqualTo(2);
        JsonNode key = client.syncKey;
        simulator.startBacklog(3, 3, Map.of(), false);
        List<String> once = ids(client.syncWith(key).json());
        assertThat(ids(client.syncWith(key).json())).isEqualTo(once);
        account.queue(SimMessage.text(SimPeer.friend(1), "behind it"));
        simulator.stopBacklog();
        JsonNode again = client.sync();
        assertThat(ids(again)).isEqualTo(once).hasSize(3);
        assertThat(again.path("ContinueFlag").asInt()).isEqualTo(1);
        assertThat(simulator.backlogServed()).isEqualTo(3);
        assertThat(LoginAndSyncTest.contents(client.sync())).containsExactly("behind it");
        simulator.assertNoViolations();
    }

    @Test
    void heldPollsHearOfItAndEachPageMayAskForAPoll() {
        simulator.holdSyncCheck(Duration.ofSeconds(60));
        client.logIn();
        var poll = client.checkLater("webpush.wx2.qq.com").toFuture();
        ConductTest.await(() -> account.openPolls() == 1);
        long polls = simulator.traffic().calls("synccheck");
        simulator.startBacklog(1, 1, Map.of(), false);
        assertThat(poll.join().text()).contains("selector:\"2\"");
        for (int i = 0; i < 30; i++) {
            assertThat(client.sync().path("ContinueFlag").asInt()).isZero();
            assertThat(client.check()).contains("selector:\"2\"");
        }
        assertThat(simulator.traffic().calls("synccheck")).isEqualTo(polls + 30);
        simulator.assertNoViolations();
    }

    @Test
    void aHoldThatIsSetAppliesToPollsThatAreHeld() {
        simulator.holdSyncCheck(Duration.ofMinutes(5));
        client.logIn();
        var poll = client.checkLater("webpush.wx2.qq.com").toFuture();
        ConductTest.await(() -> account.openPolls() == 1);
        simulator.holdSyncCheck(Duration.ofMillis(50));
        assertThat(poll.join().text()).contains("selector:\"0\"");
        assertThat(client.check()).contains("selector:\"0\"");
        simulator.assertNoViolations();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> simulator.startBacklog(0, 5, Map.of(), true))
                .hasMessageContaining("from 1 to 1000 messages");
        assertThatThrownBy(() -> simulator.startBacklog(6, 5, Map.of(), true)).hasMessageContaining("from 6 to 5");
        assertThatThrownBy(() -> simulator.holdSyncCheck(Duration.ZERO)).hasMessageContaining("1 ms");
    }

    private static List<String> ids(JsonNode page) {
        List<String> all = new ArrayList<>();
        page.path("AddMsgList").forEach(message -> all.add(message.path("MsgId").asString()));
        return all;
    }
}
