package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
