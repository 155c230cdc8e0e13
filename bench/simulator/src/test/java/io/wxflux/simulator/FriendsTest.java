package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests, remarks, pins, recalls, read marks, searches. */
class FriendsTest {

    private final AtomicLong offset = new AtomicLong();
    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .clock(new Shifted(offset))
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("finn", 777_003L));
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    /** The system's clock, put forward by a test. */
    private static final class Shifted extends Clock {
        private final AtomicLong seconds;

        Shifted(AtomicLong seconds) {
            this.seconds = seconds;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plusSeconds(seconds.get());
        }
    }

    private JsonNode post(String call, Map<String, Object> fields) {
        Map<String, Object> body = client.body();
        body.putAll(fields);
        return client.post(client.api(call), body).json();
    }

    private static int ret(JsonNode answer) {
        return answer.path("BaseResponse").path("Ret").asInt(-99);
    }

    private JsonNode verify(int opcode, String value, String ticket) {
        return post(
                "webwxverifyuser?r=" + WebClient.stamp(),
                Json.object(
                        "Opcode",
                        opcode,
                        "VerifyUserListSize",
                        1,
                        "VerifyUserList",
                        List.of(Json.object("Value", value, "VerifyUserTicket", ticket)),
                        "VerifyContent",
                        "你好",
                        "SceneListCount",
                        1,
                        "SceneList",
                        List.of(33),
                        "skey",
                        client.skey));
    }

    @Test
    void aRequestIsAcceptedWithItsTicket() {
        account.friends().request(SimPeer.stranger(7), "我是小林");
        JsonNode who = client.sync().path("AddMsgList").get(0).path("RecommendInfo");
        String name = who.path("UserName").asString();
        assertThat(ret(verify(3, name, "v2_wrong@stranger"))).isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("VerifyUserTicket is not the one");
        simulator.clearViolations();
        assertThat(ret(verify(3, name, who.path("Ticket").asString()))).isZero();
        JsonNode batch = client.sync();
        JsonNode friend = batch.path("ModContactList").get(0);
        assertThat(friend.path("UserName").asString()).isEqualTo(name);
        assertThat(friend.path("ContactFlag").asInt()).isEqualTo(3);
        assertThat(batch.path("AddMsgList").get(0).path("Content").asString()).startsWith("你已添加了");
        JsonNode page = client.get(client.api("webwxgetcontact?r=1&seq=0&skey=" + WebClient.encode(client.skey)))
                .json();
        assertThat(page.path("MemberList").toString()).contains(name);
        assertThat(ret(client.sendText(name, "hello", "17").json())).isZero();
        assertThat(ret(verify(3, name, who.path("Ticket").asString()))).isEqualTo(1204);
        simulator.assertNoViolations();
    }

    @Test
    void aRequestIsRejectedAndOthersAreMade() {
        account.friends().request(SimPeer.stranger(1), "hi");
        JsonNode who = client.sync().path("AddMsgList").get(0).path("RecommendInfo");
        assertThat(ret(verify(
                        4, who.path("UserName").asString(), who.path("Ticket").asString())))
                .isZero();
        JsonNode found =
                post("webwxsearchcontact", Map.of("KeyWord", "stranger:9")).path("List");
        assertThat(ret(verify(2, found.get(0).path("EncryUserName").asString(), "")))
                .isZero();
        assertThat(ret(verify(1, account.userName(SimPeer.official(30)), ""))).isZero();
        assertThat(account.friends().verifications())
                .containsExactly(
                        new SimFriends.Verification(4, SimPeer.stranger(1), "你好"),
                        new SimFriends.Verification(2, SimPeer.stranger(9), "你好"),
                        new SimFriends.Verification(1, SimPeer.official(30), "你好"));
        assertThat(client.sync()
                        .path("ModContactList")
                        .get(0)
                        .path("VerifyFlag")
                        .asInt())
                .isEqualTo(24);
        assertThat(ret(verify(2, account.userName(SimPeer.official(1)), ""))).isEqualTo(1204);
        simulator.assertNoViolations();
        assertThat(ret(verify(9, account.userName(SimPeer.official(1)), ""))).isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("Opcode");
    }

    @Test
    void remarksAndPins() {
        SimPeer who = SimPeer.friend(5);
        String name = account.userName(who);
        assertThat(account.friends().remark(who)).isEqualTo("R5");
        post("webwxoplog", Map.of("UserName", name, "CmdId", 2, "RemarkName", "阿五 & co"));
        JsonNode changed = client.sync().path("ModContactList").get(0);
        assertThat(changed.path("RemarkName").asString()).isEqualTo("阿五 &amp; co");
        post("webwxoplog", Map.of("UserName", name, "CmdId", 3, "OP", 1, "RemarkName", "阿五 & co"));
        assertThat(account.friends().isPinned(who)).isTrue();
        changed = client.sync().path("ModContactList").get(0);
        assertThat(changed.path("ContactFlag").asInt()).isEqualTo(2048 + 3);
        assertThat(changed.path("RemarkName").asString()).isEqualTo("阿五 &amp; co");
        simulator.assertNoViolations();
        post("webwxoplog", Map.of("UserName", name, "CmdId", 3, "OP", 0));
        assertThat(account.friends().remark(who)).isEmpty();
        assertThat(account.friends().isPinned(who)).isFalse();
        assertThat(simulator.violations().toString()).contains("wiped the remark");
    }

    @Test
    void aMessageIsTakenBackWithinTwoMinutes() {
        String friend = account.userName(SimPeer.friend(1));
        String first = client.sendText(friend, "one", "1").json().path("MsgID").asString();
        String second = client.sendText(friend, "two", "2").json().path("MsgID").asString();
        JsonNode answer = post("webwxrevokemsg", Map.of("SvrMsgId", first, "ToUserName", friend, "ClientMsgId", "3"));
        assertThat(ret(answer)).isZero();
        assertThat(answer.path("Introduction").asString()).contains("2分钟");
        assertThat(account.sent()).extracting(SentMessage::recalled).containsExactly(true, false);
        offset.set(121);
        assertThat(ret(post("webwxrevokemsg", Map.of("SvrMsgId", second, "ToUserName", friend, "ClientMsgId", "3"))))
                .isEqualTo(1);
        simulator.assertNoViolations();
        assertThat(ret(post("webwxrevokemsg", Map.of("SvrMsgId", "5", "ToUserName", friend, "ClientMsgId", "3"))))
                .isEqualTo(1);
        assertThat(simulator.violations().toString()).contains("of no message this account sent");
    }

    @Test
    void whoeverDeletedTheAccountIsToldByTheSystem() {
        account.friends().feel(SimPeer.friend(2), SimFriends.Attitude.DELETED);
        assertThat(ret(client.sendText(account.userName(SimPeer.friend(2)), "?", "1")
                        .json()))
                .isZero();
        assertThat(client.sync().path("AddMsgList").get(0).path("Content").asString())
                .contains("开启了朋友验证");
        account.friends().remove(SimPeer.friend(3));
        assertThat(client.sync().path("DelContactCount").asInt()).isEqualTo(1);
        assertThat(ret(client.sendText(account.userName(SimPeer.friend(3)), "?", "2")
                        .json()))
                .isEqualTo(1204);
    }

    @Test
    void readMarksLinksAndTelemetry() {
        String friend = account.userName(SimPeer.friend(1));
        String self = client.user.path("UserName").asString();
        post(
                "webwxstatusnotify",
                Map.of("Code", 1, "FromUserName", self, "ToUserName", friend, "ClientMsgId", WebClient.stamp()));
        assertThat(account.friends().read()).containsExactly(SimPeer.friend(1));
        String link = client.api("webwxcheckurl?requrl=https%3A%2F%2Fa.example%2F%3Fx%3D1&skey="
                + WebClient.encode(client.skey) + "&deviceid=e123456789012345&opcode=2&scene=1&username=" + friend);
        WebClient.Raw answer = client.raw("GET", link, Map.of(), new byte[0]);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().get("Location")).isEqualTo("https://a.example/?x=1");
        assertThat(ret(post("webwxstatreport?fun=new", Map.of("Count", 0, "List", List.of()))))
                .isZero();
        JsonNode init = client.init().json();
        assertThat(init.path("MPSubscribeMsgList").size()).isEqualTo(2);
        assertThat(init.path("MPSubscribeMsgCount").asInt()).isEqualTo(2);
        assertThat(init.path("ChatSet").asString()).startsWith("filehelper,").endsWith(",");
        simulator.assertNoViolations();
        post("webwxstatreport?fun=new", Map.of("Count", 2, "List", List.of()));
        assertThat(simulator.violations().toString()).contains("Count is not the length");
    }
}
