package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.ScenarioMappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.MessageReceived;
import io.wxflux.model.Contact;
import io.wxflux.model.Message;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import io.wxflux.options.AccountSpec;
import io.wxflux.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** PROTOCOL 1: the life of one session, with a whole engine on one side and states of WireMock on the other. */
class WholeSessionContractTests {
    private static final String SKEY = "%40crypt_0c_canary";
    private static final String ROOMS = "{\"BaseResponse\":{\"Ret\":0},\"ContactList\":[{\"UserName\":\"@@room\","
            + "\"NickName\":\"群\",\"MemberList\":[{\"UserName\":\"@a\",\"NickName\":\"张三\"}]}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    final Wire wire = new Wire();

    private String state = Scenario.STARTED;

    /** The next request of the story; before its turn and after it the endpoint is not there. */
    private void next(MappingBuilder request, String after, ResponseDefinitionBuilder answer) {
        wire.wireMock().stubFor(turn(request, answer).willSetStateTo(after));
        state = after;
    }

    private ScenarioMappingBuilder turn(MappingBuilder request, ResponseDefinitionBuilder answer) {
        return request.inScenario("session").whenScenarioStateIs(state).willReturn(answer);
    }

    private static MappingBuilder at(String host, String path) {
        return any(urlPathEqualTo(path)).withHeader("Host", equalTo(host));
    }

    private static MappingBuilder api(String endpoint) {
        return at(Wire.API, Wire.CGI + endpoint)
                .withHeader("Cookie", containing("wxsid=canarySid"))
                .withHeader("Cookie", containing("webwx_data_ticket=canaryData"));
    }

    private static MappingBuilder check(String syncKey) {
        return at(Wire.PUSH, Wire.CGI + "synccheck")
                .withHeader("Cookie", containing("webwx_data_ticket=canaryData"))
                .withQueryParam("synckey", equalTo(syncKey));
    }

    private static MappingBuilder sync(int val) {
        return api("webwxsync").withRequestBody(containing("\"List\":[{\"Key\":1,\"Val\":" + val + "}]"));
    }

    private static String key(String name, int val) {
        return "\"" + name + "\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":" + val + "}]}";
    }

    private static String synced(int key, int checkKey, int more, String... messages) {
        return "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"AddMsgCount\":" + messages.length + ",\"AddMsgList\":["
                + String.join(",", messages) + "],\"ContinueFlag\":" + more + "," + key("SyncKey", key) + ","
                + key("SyncCheckKey", checkKey) + ",\"SKey\":\"\"}";
    }

    private static String message(int id, String from, String content) {
        return "{\"MsgId\":\"" + id + "\",\"NewMsgId\":" + id + ",\"MsgType\":1,\"FromUserName\":\"" + from
                + "\",\"ToUserName\":\"@self\",\"CreateTime\":1700000000,\"Content\":\"" + content + "\"}";
    }

    private void tellTheStory(String notified, String rooms) {
        next(at(Wire.LOGIN, "/jslogin"), "shown", Wire.script(Step.JSLOGIN.answer));
        next(
                at(Wire.LOGIN, Wire.CGI + "login").withQueryParam("tip", equalTo("1")),
                "scanned",
                Wire.script("window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';"));
        next(
                at(Wire.LOGIN, Wire.CGI + "login").withQueryParam("tip", equalTo("0")),
                "confirmed",
                Wire.script("window.code=200;\nwindow.redirect_uri=\"https://wx2.qq.com/cgi-bin/mmwebwx-bin/"
                        + "webwxnewloginpage?ticket=canary@qrticket_0&uuid=canaryUuid==&lang=zh_CN&scan=1\";"));
        next(
                at(Wire.API, Wire.CGI + "webwxnewloginpage").withQueryParam("ticket", equalTo("canary@qrticket_0")),
                "signed in",
                Wire.text(Step.LOGIN_PAGE.answer)
                        .withStatus(301)
                        .withHeader(
                                "Set-Cookie",
                                "wxsid=canarySid; Domain=wx2.qq.com; Path=/; Secure",
                                "webwx_data_ticket=canaryData; Domain=.qq.com; Path=/; Secure"));
        next(
                api("webwxinit"),
                "initialised",
                Wire.text("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"ContactList\":[],"
                        + "\"User\":{\"Uin\":7,\"UserName\":\"@self\",\"NickName\":\"我\"}," + key("SyncKey", 10)
                        + ",\"ChatSet\":\"filehelper,@@room,\",\"SKey\":\"@crypt_0c_canary\"}"));
        next(api("webwxstatusnotify"), "notified", Wire.text(notified));
        next(
                api("webwxgetcontact").withQueryParam("seq", equalTo("0")),
                "first page",
                Wire.text("{\"BaseResponse\":{\"Ret\":0},\"MemberList\":[{\"UserName\":\"@a\",\"NickName\":\"张三\"}],"
                        + "\"Seq\":5}"));
        next(
                api("webwxgetcontact").withQueryParam("seq", equalTo("5")),
                "last page",
                Wire.text("{\"BaseResponse\":{\"Ret\":0},\"MemberList\":[{\"UserName\":\"@b\",\"NickName\":\"b\"}],"
                        + "\"Seq\":0}"));
        next(
                api("webwxbatchgetcontact").withRequestBody(containing("\"UserName\":\"@@room\"")),
                "ready",
                Wire.text(rooms));
        next(check("1_10"), "news", Wire.script("window.synccheck={retcode:\"0\",selector:\"2\"}"));
        next(sync(10), "more", Wire.text(synced(11, 21, 1, message(1, "@a", "早上好"))));
        next(
                sync(11),
                "all read",
                Wire.text(synced(12, 22, 0, message(2, "@@room", "@a:<br/>一 &lt;&gt; 二"), message(1, "@a", "早上好"))));
        next(check("1_22"), "contact", Wire.script("window.synccheck={retcode:\"0\",selector:\"4\"}"));
        next(sync(12), "quiet", Wire.text(synced(13, 23, 0, message(3, "@b", "last"))));
        wire.wireMock()
                .stubFor(turn(check("1_23"), Wire.script(Step.SYNC_CHECK.answer).withFixedDelay(1_100)));
        wire.wireMock()
                .stubFor(turn(
                        api("webwxsendmsg").withRequestBody(containing("\"ToUserName\":\"@a\"")),
                        Wire.text(Step.SEND.answer)));
    }

    @Test
    void signsInReadsItsContactsDeliversItsMessagesAndAnswers() {
        tellTheStory(Step.STATUS_NOTIFY.answer, ROOMS);

        live(engine -> {
            assertThat(engine.account("alice").contacts().all().collectList().block(PATIENCE))
                    .extracting(Contact::nickName)
                    .containsExactlyInAnyOrder("张三", "b", "群");
            SendReceipt receipt =
                    engine.account("alice").sendText(UserName.of("@a"), "收到 😀").block(PATIENCE);
            assertThat(receipt.id().value()).isEqualTo("1");
        });

        inOrderAndUnderOneKey();
    }

    /** Names are worth less than messages: the session is not opened again for them. */
    @Test
    void aRefusedGreetingAndARefusedBatchOfRoomsDoNotEndTheSession() {
        tellTheStory(Wire.ret(1), Wire.ret(1));

        live(engine -> assertThat(
                        engine.account("alice").contacts().all().collectList().block(PATIENCE))
                .extracting(Contact::nickName)
                .containsExactlyInAnyOrder("张三", "b"));

        inOrderAndUnderOneKey();
    }

    /** Runs the engine until every message of the story is delivered. */
    private void live(Consumer<Engine> then) {
        Queue<AccountEvent> delivered = new ConcurrentLinkedQueue<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Engine engine = Engine.create(EngineOptions.builder()
                .http(wire.http())
                .account(AccountSpec.of("alice"))
                .build());
        engine.handle("test", event -> Mono.fromRunnable(() -> delivered.add(event)));
        Disposable run = engine.run().subscribe(done -> {}, failure::set);
        try {
            Await.until(PATIENCE, () -> texts(delivered).size() == 3, () -> evidence(engine, failure));
            assertThat(texts(delivered)).containsExactly("早上好", "一 <> 二", "last");
            assertThat(delivered).extracting(AccountEvent::type).startsWith("wx.account.logged-in", "wx.account.ready");
            then.accept(engine);
        } finally {
            engine.stop().block(PATIENCE);
            run.dispose();
        }
        assertThat(failure).hasNullValue();
    }

    private void inOrderAndUnderOneKey() {
        assertThat(wire.wireMock().findAllUnmatchedRequests()).isEmpty();
        List<Seen> seen = wire.allSeen();
        assertThat(seen)
                .extracting(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
                .startsWith(
                        "jslogin",
                        "login",
                        "login",
                        "webwxnewloginpage",
                        "webwxinit",
                        "webwxstatusnotify",
                        "webwxgetcontact",
                        "webwxgetcontact",
                        "webwxbatchgetcontact",
                        "synccheck",
                        "webwxsync",
                        "webwxsync",
                        "synccheck",
                        "webwxsync");
        assertThat(seen.subList(6, seen.size()))
                .filteredOn(request -> request.query("skey") != null)
                .as("init's skey replaces the login page's")
                .allMatch(request -> request.query("skey").equals(SKEY));
        List<Long> stamps = seen.stream()
                .map(request -> request.query("_"))
                .filter(stamp -> stamp != null)
                .map(Long::valueOf)
                .toList();
        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }

    private static List<String> texts(Queue<AccountEvent> delivered) {
        return delivered.stream()
                .filter(event ->
                        event instanceof MessageReceived received && received.message() instanceof Message.Text)
                .map(event -> ((Message.Text) ((MessageReceived) event).message()).text())
                .toList();
    }

    private String evidence(Engine engine, AtomicReference<Throwable> failure) {
        return engine.accounts() + " " + failure.get() + " "
                + wire.wireMock().findAllUnmatchedRequests().stream()
                        .map(request -> request.getUrl())
                        .toList();
    }
}
