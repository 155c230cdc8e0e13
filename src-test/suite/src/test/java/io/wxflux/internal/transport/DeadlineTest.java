package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The deadline is the total, whatever the server does meanwhile. */
class DeadlineTest extends ExchangeFixture {
    private static final Duration SHORT = Duration.ofMillis(400);

    private void endsInTime(String words) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> send(call(SHORT, 1_000)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessage("test at wx.qq.com: no complete answer within 400 ms, while " + words);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusMillis(1_000));
        await(() -> server.open() == 0);
    }

    private void drip(RawServer.Client client, String text, int at) {
        if (client.channel().isActive() && at < text.length()) {
            client.send(text.substring(at, at + 1));
            client.after(30, () -> drip(client, text, at + 1));
        }
    }

    @Test
    void aSilentServer() {
        server((request, client) -> {});
        endsInTime("waiting for the answer");
    }

    @Test
    void aDrippingHead() {
        server((request, client) -> drip(client, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(1_000), 0));
        endsInTime("waiting for the answer");
    }

    @Test
    void aDrippingBody() {
        server((request, client) -> {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            drip(client, "z".repeat(1_000), 0);
        });
        endsInTime("reading the answer");
    }

    @Test
    void waitingForAConnectionCountsAndACallThatGaveUpIsNeverSent() {
        server((request, client) -> {
            if (request.line().contains("/hold")) {
                client.after(600, () -> client.ok("held"));
            } else {
                client.ok("late");
            }
        });
        HttpCall held = HttpCall.get("held", HOST, "/hold").on(Lane.POLL, PATIENCE, 100);
        HttpCall late = HttpCall.get("late", HOST, "/late").on(Lane.POLL, Duration.ofMillis(200), 100);

        StepVerifier.create(Flux.mergeDelayError(
                        2,
                        exchange.exchange(held),
                        exchange.exchange(late)
                                .delaySubscription(Duration.ofMillis(50), timer)
                                .onErrorResume(HostUnreachableException.class, e -> {
                                    assertThat(e).hasMessageEndingWith("while waiting for a connection");
                                    return exchange.exchange(held);
                                })))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(server.requests).extracting(RawServer.Request::line).noneMatch(line -> line.contains("/late"));
    }
}
