package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * What Reactor Netty does by itself in the pinned version: the reasons why {@link ExchangeHandler} does the exchange. A test
 * that fails here is good news, and asks whether that part of the handler is still needed.
 */
class BareReactorNettyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectionProvider pool = ConnectionProvider.create("bare", 1);
    private RawServer server = new RawServer(null, (request, client) -> client.ok("ok"));

    @AfterEach
    void close() {
        pool.disposeLater().block(PATIENCE);
        server.close();
    }

    private HttpClient client(RawServer.Script script) {
        server.close();
        server = new RawServer(null, script);
        return HttpClient.create(pool)
                .baseUrl("http://127.0.0.1:" + server.address().getPort())
                .disableRetry(true);
    }

    private static String get(HttpClient client) {
        return Objects.requireNonNull(client.get()
                .uri("/")
                .responseSingle((head, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> head.status().code() + " " + text))
                .block(PATIENCE));
    }

    @Test
    void oneInterimAnswerGivesEveryLaterRequestTheAnswerBefore() {
        HttpClient client = client((request, answer) -> {
            if (request.number() == 1) {
                answer.send("HTTP/1.1 102 Processing\r\n\r\n");
            } else {
                // The true answer is still on its way when the connection is used again.
                answer.ok("answer " + (request.number() - 1));
            }
        });

        assertThat(List.of(get(client), get(client), get(client)))
                .containsExactly("102 ", "200 answer 1", "200 answer 2");
        assertThat(server.accepted).hasValue(1);
    }

    @Test
    void aHeaderValueMayHoldCrLf() {
        HttpClient client = client((request, answer) -> answer.ok("ok"))
                .headers(headers -> headers.set("X-Note", "a\r\nX-Smuggled: b"));

        get(client);

        assertThat(server.requests.get(0).header("X-Smuggled")).isEqualTo("b");
    }

    @Test
    void aTruncatedGzipBodyIsASuccess() {
        byte[] whole = Gzip.of("{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[]}".repeat(50));
        HttpClient client = client((request, answer) -> {
                    int cut = whole.length - 20;
                    answer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + cut + "\r\n\r\n");
                    answer.send(Arrays.copyOf(whole, cut));
                })
                .compress(true);

        assertThat(get(client)).startsWith("200 {\"BaseResponse\"");
    }

    @Test
    void theResponseTimeoutIsOnlyAGap() {
        HttpClient client = client((request, answer) -> {
                    answer.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
                    for (int i = 1; i <= 6; i++) {
                        answer.after(i * 100L, () -> answer.send("x"));
                    }
                })
                .responseTimeout(Duration.ofMillis(300));

        assertThat(get(client)).isEqualTo("200 xxxxxx");
    }

    @Test
    void theStatusLineOfPushHostsIsTakenAsStatusZero() {
        HttpClient client = client((request, answer) -> answer.send("HTTP/1.1 0 -\r\nContent-Length: 0\r\n\r\n"));

        assertThat(get(client)).isEqualTo("0 ");
    }
}
