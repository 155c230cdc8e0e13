package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client can do wrong is noticed, and what it may do is not. */
class ConductTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .syncHold(Duration.ofSeconds(20))
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("bob", 222_333_444L).withHome("web2.wechat.com"));
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private List<Violation.Kind> kinds() {
        return simulator.violations().stream().map(Violation::kind).toList();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void twoPollsAtOnceOverlap() {
        var first = client.checkLater("webpush.web2.wechat.com").toFuture();
        var second = client.checkLater("webpush.web2.wechat.com").toFuture();
        await(() -> kinds().contains(Violation.Kind.OVERLAP));
        account.queue(SimMessage.text(SimPeer.friend(1), "both wake up"));
        assertThat(first.join().text()).isEqualTo(second.join().text()).contains("selector:\"2\"");
    }

    @Test
    void aSyncBesideALateOneOverlaps() {
        simulator.addFault(FaultRule.on("*", new Fault.Late(Duration.ofSeconds(1)))
                .withCall("webwxsync")
                .withTimes(1));
        var late = client.syncLater(client.syncKey).toFuture();
        await(() -> simulator.faults().isEmpty());
        client.sync();
        await(() -> kinds().contains(Violation.Kind.OVERLAP));
        assertThat(late.join().status()).isEqualTo(200);
        client.sync();
        assertThat(kinds()).containsExactly(Violation.Kind.OVERLAP);
    }

    @Test
    void aPollThatWasGivenUpDoesNotOverlapWithTheNext() {
        for (int i = 0; i < 5; i++) {
            var poll = client.checkLater("webpush.web2.wechat.com").subscribe();
            await(() -> account.openPolls() == 1);
            poll.dispose();
            client.sync();
        }
        await(() -> account.openPolls() == 0);
        var last = client.checkLater("webpush.web2.wechat.com").toFuture();
        await(() -> account.openPolls() == 1);
        account.queue(SimMessage.text(SimPeer.friend(1), "x"));
        last.join();
        client.sync();
        simulator.assertNoViolations();
    }

    @Test
    void aKeyMayGoBackOnlyAfterARestart() {
        account.queueBurst(2);
        JsonNode old = client.syncKey;
        client.sync();
        client.sync();
        client.init();
        client.syncWith(old);
        client.sync();
        simulator.assertNoViolations();
        client.syncWith(old);
        assertThat(kinds()).containsExactly(Violation.Kind.KEY_WENT_BACK);
    }

    @Test
    void theKeyOfASecondInitSkipsWhatWasNotServed() {
        client.sync();
        account.queueBurst(3);
        client.init();
        assertThat(client.sync().path("AddMsgCount").asInt(-1)).isZero();
        assertThat(kinds()).containsExactly(Violation.Kind.SKIPPED);
        assertThat(account.skipped()).isEqualTo(3);
    }

    @Test
    void eachKeyBelongsToItsCall() {
        account.queueBurst(1);
        client.sync();
        client.syncWith(client.checkKey);
        assertThat(kinds()).containsExactly(Violation.Kind.SWAPPED_KEY);
        account.queueBurst(1);
        client.now(client.checkLater("webpush.web2.wechat.com", client.syncKey));
        assertThat(simulator.violations().get(0).count()).isEqualTo(2);
    }

    @Test
    void theHostBelongsToTheFamily() {
        account.queueBurst(1);
        assertThat(client.now(client.checkLater("web2.wechat.com")).text()).contains("retcode:\"0\"");
        simulator.assertNoViolations();
        assertThat(client.now(client.checkLater("webpush.wx.qq.com")).text()).contains("retcode:\"1100\"");
        client.home = "web.wechat.com";
        assertThat(client.sync().path("BaseResponse").path("Ret").asInt()).isEqualTo(1100);
        assertThat(kinds()).containsExactly(Violation.Kind.WRONG_HOST);
    }

    @Test
    void anotherPushHostMayBeTriedWhenTheOwnIsBroken() {
        simulator.addFault(FaultRule.on("webpush.web2.wechat.com", new Fault.Page(503)));
        assertThat(client.now(client.checkLater("webpush.web2.wechat.com")).status())
                .isEqualTo(503);
        client.now(client.checkLater("webpush.web.wechat.com"));
        simulator.assertNoViolations();
    }

    @Test
    void cookiesAreTheSessionsOwn() {
        client.forget("wxsid");
        assertThat(client.sync().path("BaseResponse").path("Ret").asInt()).isEqualTo(1102);
        client.overwrite("wxuin", "987654321");
        assertThat(client.check()).contains("retcode:\"1102\"");
        assertThat(kinds()).containsExactlyInAnyOrder(Violation.Kind.MISSING_COOKIE, Violation.Kind.FOREIGN_COOKIE);
    }

    @Test
    void baseRequestQueryAndPathAreChecked() {
        String right = client.skey;
        client.skey = "@crypt_0_0";
        assertThat(client.init().json().path("BaseResponse").path("Ret").asInt())
                .isEqualTo(-14);
        assertThat(kinds()).containsExactly(Violation.Kind.BAD_BASE_REQUEST);
        client.check();
        assertThat(kinds()).contains(Violation.Kind.BAD_QUERY);
        client.skey = right;
        assertThat(client.get(client.api("webwxnosuchthing")).status()).isEqualTo(404);
        assertThat(kinds()).contains(Violation.Kind.UNKNOWN_PATH);
        assertThat(simulator.violations().toString()).doesNotContain(client.sid).doesNotContain(right);
    }

    @Test
    void pollsThatBringNothingMayNotSpin() {
        account.queueBurst(1);
        for (int i = 0; i < 11; i++) {
            client.check();
        }
        simulator.assertNoViolations();
        client.check();
        assertThat(kinds()).containsExactly(Violation.Kind.TOO_FAST);
    }

    @Test
    void syncsWithoutCauseMayNotSpin() {
        for (int i = 0; i < 11; i++) {
            client.sync();
        }
        simulator.assertNoViolations();
        client.sync();
        assertThat(kinds()).containsExactly(Violation.Kind.TOO_FAST);
    }

    @Test
    void theSameClientMsgIdIsOneMessage() {
        String friend = account.userName(SimPeer.friend(3));
        simulator.addFault(FaultRule.on("*", new Fault.LostAnswer())
                .withCall("webwxsendmsg")
                .withTimes(1));
        assertThat(client.sendLater(friend, "hello & bye", "17000000000001234")
                        .onErrorComplete()
                        .block())
                .isNull();
        JsonNode answer =
                client.sendText(friend, "hello & bye", "17000000000001234").json();
        assertThat(answer.path("BaseResponse").path("Ret").asInt(-1)).isZero();
        assertThat(account.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.msgId()).isEqualTo(answer.path("MsgID").asString());
            assertThat(sent.attempts()).isEqualTo(2);
            assertThat(sent.to()).isEqualTo(SimPeer.friend(3));
        });
        account.refuseSends(1205, 1);
        assertThat(client.sendText(friend, "x", "2")
                        .json()
                        .path("BaseResponse")
                        .path("Ret")
                        .asInt())
                .isEqualTo(1205);
        String self = account.userName(SimPeer.self());
        assertThat(client.sendText(self, "x", "3")
                        .json()
                        .path("BaseResponse")
                        .path("Ret")
                        .asInt())
                .isEqualTo(1204);
    }

    @Test
    void contactsComeInPagesAndBatches() {
        Map<String, Object> body = client.body();
        body.put("List", List.of(Json.object("UserName", account.userName(SimPeer.room(1)), "EncryChatRoomId", "")));
        JsonNode room = client.post(client.api("webwxbatchgetcontact?type=ex&r=1"), body)
                .json()
                .path("ContactList")
                .get(0);
        assertThat(room.path("MemberList").size()).isEqualTo(6);
        assertThat(room.path("MemberList").get(0).path("UserName").asString())
                .isEqualTo(client.user.path("UserName").asString());
        JsonNode page = client.get(client.api("webwxgetcontact?r=1&seq=0&skey=" + WebClient.encode(client.skey)))
                .json();
        assertThat(page.path("MemberList").size()).isEqualTo(5 + 2 + 12 + 2);
        assertThat(client.statusNotify().json().path("BaseResponse").path("Ret").asInt(-1))
                .isZero();
        JsonNode notify = client.sync().path("AddMsgList").get(0);
        String ids = WebClient.find(notify.path("Content").asString(), "username&gt;([^&]*)&lt;");
        assertThat(ids.split(","))
                .hasSameSizeAs(notify.path("StatusNotifyUserName").asString().split(","));
        simulator.assertNoViolations();
    }
}
