package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlApiTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void playsAScenarioOverHttp() throws Exception {
        try (Simulator simulator = Simulator.builder().controlPort(0).start();
                WebClient client = new WebClient(simulator)) {
            assertThat(call(simulator, "GET", "/ca.pem", "")).contains("BEGIN CERTIFICATE");
            call(simulator, "POST", "/accounts", "{\"name\": \"f\", \"uin\": 777, \"home\": \"wx8.qq.com\"}");
            assertThat(json(simulator, "POST", "/accounts", "{\"count\": 2}")
                            .path("added")
                            .size())
                    .isEqualTo(2);
            String uuid = client.uuid();
            call(simulator, "POST", "/scan", "{\"uuid\": \"" + uuid + "\", \"account\": \"f\", \"action\": \"scan\"}");
            call(simulator, "POST", "/scan", "{\"uuid\": \"" + uuid + "\", \"action\": \"confirm\"}");
            client.newLoginPage(WebClient.find(client.loginPoll(uuid, 0).text(), "redirect_uri=\"([^\"]+)\""));
            client.init();
            for (String message : new String[] {
                "{\"kind\": \"text\", \"from\": \"member:1:3\", \"text\": \"hi\"}",
                "{\"kind\": \"own\", \"to\": \"filehelper\", \"text\": \"note\"}",
                "{\"kind\": \"system\", \"from\": \"room:1\", \"text\": \"you are in\"}",
                "{\"kind\": \"recall\", \"from\": \"friend:2\", \"msgId\": \"123\"}",
                "{\"kind\": \"status\", \"code\": 2, \"about\": [\"friend:1\"], \"selector\": 7}",
                "{\"kind\": \"raw\", \"msgType\": 49, \"content\": \"${id:friend:1}\", \"fields\": {\"AppMsgType\": 5}}",
                "{\"kind\": \"contact-changed\", \"peer\": \"room:1\", \"fields\": {\"NickName\": \"renamed\"}}",
                "{\"kind\": \"contact-removed\", \"peer\": \"friend:4\"}"
            }) {
                assertThat(json(simulator, "POST", "/accounts/f/messages", message)
                                .path("seq")
                                .asInt(0))
                        .isPositive();
            }
            JsonNode batch = client.sync();
            assertThat(batch.path("AddMsgCount").asInt()).isEqualTo(6);
            assertThat(batch.path("AddMsgList").get(5).path("Content").asString())
                    .startsWith("wxid_");
            assertThat(batch.path("ModContactList").get(0).path("NickName").asString())
                    .isEqualTo("renamed");
            assertThat(batch.path("DelContactCount").asInt()).isEqualTo(1);
            assertThat(json(simulator, "GET", "/accounts/f/log?from=2", "")
                            .path("messages")
                            .size())
                    .isEqualTo(5);
            call(simulator, "POST", "/hosts/*/fault", "{\"fault\": \"page\", \"code\": 502, \"call\": \"webwxsync\"}");
            assertThat(client.syncWith(client.syncKey).status()).isEqualTo(502);
            call(simulator, "DELETE", "/faults", "");
            call(simulator, "POST", "/accounts/f/end", "{\"retcode\": 1102}");
            assertThat(client.check()).contains("retcode:\"1102\"");
            assertThat(json(simulator, "GET", "/accounts", "")
                            .get(0)
                            .path("state")
                            .asString())
                    .isEqualTo("logged-out");
            assertThat(json(simulator, "GET", "/violations", "").size()).isZero();
            assertThat(call(simulator, "POST", "/scan", "{}")).contains("no such login");
        }
    }

    @Test
    void makesMessagesAndChangesPeople() throws Exception {
        try (Simulator simulator = Simulator.builder()
                .controlPort(0)
                .syncBatch(200)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start()) {
            SimAccount account = simulator.addAccount(SimAccountSpec.of("g", 667L));
            try (WebClient client = new WebClient(simulator).logIn()) {
                for (String kind : MessageKinds.names()) {
                    String body = "{\"kind\": \"" + kind + "\", \"from\": \"member:1:3\", \"text\": \"x & y\"}";
                    assertThat(json(simulator, "POST", "/accounts/g/messages", body)
                                    .path("msgId")
                                    .asString())
                            .as(kind)
                            .isNotEmpty();
                }
                String own = "{\"kind\": \"image\", \"own\": \"room:1\", \"size\": 10, \"lost\": true}";
                json(simulator, "POST", "/accounts/g/messages", own);
                JsonNode list = client.sync().path("AddMsgList");
                assertThat(list.size()).isEqualTo(MessageKinds.names().size() + 1);
                assertThat(list.get(list.size() - 1).path("ToUserName").asString())
                        .isEqualTo(account.userName(SimPeer.room(1)));
                call(simulator, "POST", "/accounts/g/friends", "{\"action\": \"request\", \"who\": \"stranger:1\"}");
                call(simulator, "POST", "/accounts/g/friends", "{\"action\": \"confirm\", \"who\": \"stranger:1\"}");
                String join = "{\"action\": \"join\", \"room\": \"room:1\", \"who\": \"stranger:1\"}";
                assertThat(json(simulator, "POST", "/accounts/g/rooms", join)
                                .path("result")
                                .asString())
                        .isEqualTo("member:1:7");
                String made = "{\"action\": \"create\", \"members\": [\"friend:1\", \"friend:2\"], \"text\": \"new\"}";
                assertThat(json(simulator, "POST", "/accounts/g/rooms", made)
                                .path("result")
                                .asString())
                        .isEqualTo("room:4");
                assertThat(client.sync().path("ModContactCount").asInt()).isEqualTo(3);
                call(simulator, "POST", "/limits", "{\"call\": \"webwxoplog\", \"count\": 0}");
                assertThat(client.post(client.api("webwxoplog"), client.body())
                                .json()
                                .path("BaseResponse")
                                .path("Ret")
                                .asInt())
                        .isEqualTo(1205);
                assertThat(json(simulator, "GET", "/limits", "").size()).isEqualTo(1);
                call(simulator, "POST", "/load", "{\"rate\": 200, \"kinds\": {\"text\": 1, \"voice\": 1}}");
                ConductTest.await(() ->
                        account.queued().stream().anyMatch(each -> each.text().equals("[voice]"))
                                && account.lastSeq() > 70);
                call(simulator, "POST", "/load", "{\"rate\": 0}");
                assertThat(call(simulator, "POST", "/accounts/g/messages", "{\"kind\": \"nonsense\"}"))
                        .contains("mini-program");
                assertThat(json(simulator, "GET", "/accounts/g/friends", "").has("verifications"))
                        .isTrue();
                assertThat(json(simulator, "GET", "/accounts/g/rooms", "").has("invitations"))
                        .isTrue();
                simulator.assertNoViolations();
            }
        }
    }

    private JsonNode json(Simulator simulator, String method, String path, String body) throws Exception {
        return Json.read(call(simulator, method, path, body).getBytes(StandardCharsets.UTF_8));
    }

    private String call(Simulator simulator, String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + simulator.controlPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
