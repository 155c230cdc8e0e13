package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a broken or confused service answers. */
class StrangeAnswersTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .tls(false)
                .echo(true)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("stan", 777_005L));
        account.queueBurst(2);
        client = new WebClient(simulator, false).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private void next(Fault fault, String call) {
        simulator.addFault(FaultRule.on("*", fault).withCall(call).withTimes(1));
    }

    /** What stands on the wire. */
    private String wire(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: login.wx.qq.com\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder all = new StringBuilder();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                all.append((char) c);
            }
            return all.toString();
        }
    }

    private String jslogin(Fault fault) throws IOException {
        next(fault, "jslogin");
        return wire("/jslogin?appid=wx782c26e4c19acffb&fun=new&lang=zh_CN&_=1");
    }

    @Test
    void framesAndLabelsAreOdd() throws IOException {
        assertThat(jslogin(new Fault.Informational(103)))
                .startsWith("HTTP/1.1 103 Early\r\nX-Note: nothing yet\r\n\r\nHTTP/1.1 200 OK\r\n")
                .contains("QRLogin.code = 200");
        assertThat(jslogin(new Fault.ContentTypes(List.of("text/javascript", "text/html; charset=gbk"))))
                .containsIgnoringCase("Content-Type: text/javascript\r\nContent-Type: text/html; charset=gbk\r\n");
        assertThat(jslogin(new Fault.TruncatedGzip())).contains("Content-Encoding: gzip\r\n");
        long before = System.nanoTime();
        assertThat(jslogin(new Fault.Drip(false, 10, Duration.ofMillis(20)))).contains("window.QRLogin.uuid");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(80));
        assertThat(jslogin(new Fault.Drip(true, 20, Duration.ofMillis(5))))
                .startsWith("HTTP/1.1 200 OK")
                .contains("window.QRLogin.uuid");
    }

    @Test
    void theConnectionStaysUsableAfterAStrayAnswer() {
        next(new Fault.Informational(100), "synccheck");
        assertThat(client.check()).contains("retcode:\"0\"");
        assertThat(client.sync().path("AddMsgCount").asInt()).isEqualTo(2);
        simulator.assertNoViolations();
    }

    @Test
    void aTruncatedGzipStreamIsNoAnswer() {
        next(new Fault.TruncatedGzip(), "webwxsync");
        JsonNode answer = client.syncLater(client.syncKey)
                .map(WebClient.Page::json)
                .onErrorResume(broken -> Mono.just(Json.none()))
                .blockOptional()
                .orElse(Json.none());
        assertThat(answer.path("BaseResponse").isMissingNode()).isTrue();
    }

    @Test
    void theCycleIsConfused() {
        next(new Fault.EmptyKeys(), "webwxsync");
        JsonNode first = client.syncWith(client.syncKey).json();
        assertThat(first.path("SyncKey").path("Count").asInt(-1)).isZero();
        assertThat(first.path("AddMsgCount").asInt()).isEqualTo(2);
        next(new Fault.Scrambled(true, true), "webwxsync");
        JsonNode second = client.sync();
        assertThat(second.path("AddMsgCount").asInt()).isEqualTo(4);
        assertThat(LoginAndSyncTest.contents(second).get(0)).startsWith("#000002");
        assertThat(second.path("SyncCheckKey").path("Count").asInt()).isPositive();
        simulator.addFault(FaultRule.on("*", new Fault.Stuck(6)));
        assertThat(client.check()).contains("selector:\"6\"");
        JsonNode key = client.syncKey;
        JsonNode nothing = client.sync();
        assertThat(nothing.path("AddMsgList").size()).isZero();
        assertThat(nothing.path("SyncKey").path("List").get(1))
                .isEqualTo(key.path("List").get(1));
        simulator.clearFaults();
        account.queueBurst(1);
        assertThat(client.sync().path("AddMsgCount").asInt()).isEqualTo(1);
        simulator.assertNoViolations();
    }

    @Test
    void anOperationComesTooOften() {
        simulator.limit(RateLimit.of("webwxsend*", 2, Duration.ofHours(1)));
        simulator.limit(RateLimit.of("webwxverifyuser", 0, Duration.ofHours(1)).withAccount("somebody else"));
        String friend = account.userName(SimPeer.friend(1));
        assertThat(List.of(send(friend, "1"), send(friend, "2"), send(friend, "3")))
                .containsExactly(0, 0, 1205);
        assertThat(account.sent()).hasSize(2);
        assertThat(client.sync().path("BaseResponse").path("Ret").asInt(-1)).isZero();
        simulator.clearLimits();
        assertThat(send(friend, "3")).isZero();
    }

    private int send(String to, String id) {
        return client.sendText(to, "a & b", id)
                .json()
                .path("BaseResponse")
                .path("Ret")
                .asInt(-1);
    }

    @Test
    void ownSendsComeBackUnderTheirIds() {
        client.sync();
        String friend = account.userName(SimPeer.friend(1));
        JsonNode answer = client.sendText(friend, "a & b", "77").json();
        client.sendText(friend, "a & b", "77");
        JsonNode list = client.sync().path("AddMsgList");
        assertThat(list.size()).isEqualTo(1);
        assertThat(list.get(0).path("MsgId").asString())
                .isEqualTo(answer.path("MsgID").asString());
        assertThat(list.get(0).path("ToUserName").asString()).isEqualTo(friend);
        assertThat(list.get(0).path("Content").asString()).isEqualTo("a &amp; b");
        simulator.assertNoViolations();
    }

    @Test
    void theLoginPageHasOtherForms() {
        simulator.addAccount(SimAccountSpec.of("red", 777_006L)).answerLoginsWith(LoginPage.REDIRECT_URL);
        try (WebClient other = new WebClient(simulator, false)) {
            String url = confirmed(other);
            String page = other.get(url + "&fun=new&version=v2").text();
            assertThat(page).contains("<redirecturl>").doesNotContain("wxsid");
            String next =
                    WebClient.find(page, "<redirecturl>(.*)</redirecturl>").replace("&amp;", "&");
            assertThat(other.get(next).text()).contains("<wxsid>");
        }
        SimAccount html = simulator.addAccount(SimAccountSpec.of("htm", 777_007L));
        html.answerLoginsWith(LoginPage.HTML);
        try (WebClient other = new WebClient(simulator, false)) {
            String url = confirmed(other);
            assertThat(other.newLoginPage(url).text()).startsWith("<html>");
            WebClient.Page moved = other.get(url);
            assertThat(moved.status()).isEqualTo(302);
            Session session = java.util.Objects.requireNonNull(html.session());
            other.sid = session.sid();
            other.uin = "777007";
            JsonNode init = other.init().json();
            assertThat(init.path("SKey").asString()).isEqualTo(session.skey());
        }
        simulator.assertNoViolations();
    }

    private static String confirmed(WebClient other) {
        String uuid = other.uuid();
        WebClient.Page page = other.loginPoll(uuid, 1);
        while (!page.text().contains("window.code=200")) {
            page = other.loginPoll(uuid, 0);
        }
        return WebClient.find(page.text(), "redirect_uri=\"([^\"]+)\"");
    }

    @Test
    void kindsOfFaultsHaveNames() {
        for (String name : List.of("informational", "drip", "content-types", "truncated-gzip", "stuck", "scrambled")) {
            assertThat(ControlFaults.fault(Json.read(Json.bytes(Map.of("fault", name)))))
                    .isNotNull();
        }
    }
}
