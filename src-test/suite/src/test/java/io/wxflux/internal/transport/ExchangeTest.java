package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.HttpCall.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What an ordinary exchange looks like on the wire, and which connections it uses. */
class ExchangeTest extends ExchangeFixture {
    @Test
    void asksWithEverythingTheCallSays() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                + "Set-Cookie: wxsid=secret-sid; Domain=.qq.com; Path=/; Expires=Fri, 31-Dec-2077 11:12:21 GMT\r\n"
                + "Date: Mon, 31 Dec 2018 11:12:21 GMT\r\n\r\nok"));
        HttpCall call = HttpCall.post("send", HOST, PATH, "{\"a\":1}".getBytes(StandardCharsets.UTF_8))
                .query("synckey", "1_2|3_4")
                .query("lang", "zh_CN")
                .query("name", "张 &=+三")
                .header("Referer", "https://wx.qq.com/?&lang=zh_CN")
                .on(Lane.COMMAND, Duration.ofSeconds(5), 100);

        assertThat(text(send(call))).isEqualTo("ok");
        send(call);

        RawServer.Request first = server.requests.get(0);
        assertThat(first.line())
                .isEqualTo(
                        "POST " + PATH + "?synckey=1_2%7C3_4&lang=zh_CN&name=%E5%BC%A0%20%26%3D%2B%E4%B8%89 HTTP/1.1");
        assertThat(first.header("host")).isEqualTo(HOST);
        assertThat(first.header("user-agent")).startsWith("Mozilla/5.0");
        assertThat(first.header("accept")).isEqualTo("application/json, text/plain, */*");
        assertThat(first.header("accept-encoding")).isEqualTo("gzip");
        assertThat(first.header("referer")).isEqualTo("https://wx.qq.com/?&lang=zh_CN");
        assertThat(first.header("content-type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(first.header("cookie")).isNull();
        assertThat(first.body()).isEqualTo("{\"a\":1}");
        assertThat(server.requests.get(1).header("cookie")).isEqualTo("wxsid=secret-sid");
        assertThat(server.requests.get(1).connection()).isEqualTo(1);
        assertThat(exchange.cookies().value("wxsid")).isEqualTo("secret-sid");
    }

    @Test
    void neverFollowsARedirect() {
        server((request, client) ->
                client.send("HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n"));

        HttpAnswer answer = get();

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("https://evil.example/");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void pollKeepsItsConnectionAndACommandGoesBesideIt() {
        server((request, client) -> {
            if (request.line().contains("hold")) {
                client.after(150, () -> client.ok("held"));
            } else {
                client.ok("at once");
            }
        });
        HttpCall poll = HttpCall.get("synccheck", HOST, "/hold").on(Lane.POLL, Duration.ofSeconds(5), 100);

        StepVerifier.create(Mono.zip(exchange.exchange(poll), exchange.exchange(call())))
                .assertNext(both -> {
                    assertThat(text(both.getT1())).isEqualTo("held");
                    assertThat(text(both.getT2())).isEqualTo("at once");
                })
                .expectComplete()
                .verify(PATIENCE);
        send(poll);
        send(poll);

        assertThat(server.accepted).hasValue(2);
    }

    @Test
    void nextPollMayStartInsideTheAnswerOfTheLast() {
        HttpCall poll = HttpCall.get("synccheck", HOST, PATH).on(Lane.POLL, Duration.ofSeconds(5), 100);

        StepVerifier.create(exchange.exchange(poll).repeat(20).map(ExchangeFixture::text))
                .expectNextCount(21)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.accepted).hasValue(1);
    }

    @Test
    void loginConnectionIsClosedAfterUse() {
        HttpCall login =
                HttpCall.get("jslogin", "login.weixin.qq.com", "/jslogin").on(Lane.LOGIN, Duration.ofSeconds(5), 100);

        send(login);
        send(login);

        assertThat(server.accepted).hasValue(2);
        assertThat(server.requests.get(0).header("connection")).isEqualTo("close");
        await(() -> server.open() == 0);
    }

    @Test
    void emptyPostSaysSo() {
        send(HttpCall.post("send", HOST, PATH, new byte[0]).on(Lane.COMMAND, Duration.ofSeconds(5), 10));

        assertThat(server.requests.get(0).header("content-length")).isEqualTo("0");
    }

    @Test
    void closeEndsTheAccountsConnectionsAndLaterCallsOpenNewOnes() {
        get();
        exchange.close().block(PATIENCE);
        await(() -> server.open() == 0);

        get();

        assertThat(server.accepted).hasValue(2);
    }

    @Test
    void cancellingClosesTheConnection() {
        server((request, client) -> {});

        StepVerifier.create(exchange.exchange(call()))
                .then(() -> await(() -> server.requests.size() == 1))
                .thenCancel()
                .verify(PATIENCE);

        await(() -> server.open() == 0);
    }
}
