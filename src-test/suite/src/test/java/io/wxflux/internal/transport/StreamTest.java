package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Answers that are handed over as they come in. */
class StreamTest extends ExchangeFixture {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private HttpStream stream(Duration idle, Duration deadline, int most) {
        HttpCall call = HttpCall.get("media", HOST, PATH).on(Lane.MEDIA, deadline, most);
        return Objects.requireNonNull(exchange.stream(call, idle).block(PATIENCE));
    }

    private HttpStream stream() {
        return stream(IDLE, Duration.ofSeconds(8), 1 << 20);
    }

    private static String text(Flux<ByteBuffer> body) {
        return new String(bytes(body), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Flux<ByteBuffer> body) {
        return Objects.requireNonNull(body.collect(ByteArrayOutputStream::new, (all, piece) -> {
                            byte[] some = new byte[piece.remaining()];
                            piece.get(some);
                            all.writeBytes(some);
                        })
                        .block(PATIENCE))
                .toByteArray();
    }

    @Test
    void theHeadComesWithTheFirstBytesAndTheBodyAfterIt() {
        server((request, client) -> client.send("HTTP/1.1 206 Partial\r\nContent-Type: image/jpeg\r\n"
                + "Content-Range: bytes 0-4/5\r\nContent-Disposition: attachment; filename=\"\u00e4\u00b8\u00ad.jpg\"\r\n"
                + "Set-Cookie: wxpluginkey=new; Path=/\r\nContent-Length: 5\r\n\r\nhello"));
        HttpStream stream = stream();
        assertThat(stream.status()).isEqualTo(206);
        assertThat(stream.contentType()).isEqualTo("image/jpeg");
        assertThat(stream.length()).isEqualTo(5);
        assertThat(stream.contentRange()).isEqualTo("bytes 0-4/5");
        assertThat(stream.contentDisposition()).isEqualTo("attachment; filename=\"\u4e2d.jpg\"");
        assertThat(new String(stream.first(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(jar.value("wxpluginkey")).isEqualTo("new");
        assertThat(text(stream.body())).isEqualTo("hello");
        assertThat(server.requests.get(0).header("accept-encoding")).isEqualTo("identity");
    }

    @Test
    void wholeAnswersLeaveTheConnectionForTheNext() {
        server((request, client) -> client.ok("again"));
        for (int i = 0; i < 5; i++) {
            assertThat(text(stream().body())).isEqualTo("again");
        }
        assertThat(server.accepted).hasValue(1);
    }

    @Test
    void anEmptyBodyAndAChunkedOneAreWhole() {
        server((request, client) -> client.ok(""));
        assertThat(stream().first()).isEmpty();
        server((request, client) ->
                client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
        assertThat(text(stream().body())).isEqualTo("abcde");
    }

    @Test
    void aBodyThatEndsTooEarlyIsAnError() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "x".repeat(100))
                .after(50, client::close));
        HttpStream stream = stream();
        StepVerifier.create(stream.body().map(ByteBuffer::remaining))
                .expectNext(100)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(HostUnreachableException.class)
                        .hasMessageContaining("before the answer was complete"))
                .verify(PATIENCE);
    }

    @Test
    void anAnswerThatBreaksBeforeItBeganIsAnErrorAndHoldsNoConnection() {
        for (int i = 0; i < 8; i++) {
            server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nabc")
                    .close());
            assertThatThrownBy(this::stream).isInstanceOf(HostUnreachableException.class);
            server((request, client) -> client.send("HTTP/1.1 103 Early\r\n\r\n"));
            assertThatThrownBy(this::stream)
                    .isInstanceOf(HostUnreachableException.class)
                    .hasMessageContaining("interim");
        }
        await(() -> server.open() == 0);
    }

    @Test
    void moreThanTheLimitIsAnError() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(4_000)));
        assertThatThrownBy(
                        () -> bytes(stream(IDLE, Duration.ofSeconds(8), 3_000).body()))
                .hasMessageContaining("larger than 3000 bytes");
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"));
        assertThatThrownBy(() -> stream(IDLE, Duration.ofSeconds(8), 3_000)).hasMessageContaining("larger than");
        await(() -> server.open() == 0);
    }

    @Test
    void silenceIsAnErrorButASlowReaderIsNot() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "x".repeat(100)));
        HttpStream silent = stream(Duration.ofMillis(200), Duration.ofSeconds(8), 1 << 20);
        assertThatThrownBy(() -> bytes(silent.body()))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("fell silent");
        String large = "y".repeat(2_000_000);
        server((request, client) -> client.ok(large));
        HttpStream slow = stream(Duration.ofMillis(500), Duration.ofSeconds(8), 1 << 22);
        assertThat(bytes(slow.body()
                        .limitRate(1)
                        .delayElements(Duration.ofMillis(200), timer)
                        .take(5)))
                .isNotEmpty();
    }

    @Test
    void anAnswerThatNobodyReadsIsClosed() {
        HttpStream large = openLarge(Duration.ofMillis(500));
        await(() -> server.closed.get() >= 1);
        assertThatThrownBy(() -> bytes(large.body())).hasMessageContaining("was not read");
    }

    private HttpStream openLarge(Duration idle) {
        server((request, client) -> client.ok("z".repeat(4_000_000)));
        return stream(idle, Duration.ofSeconds(8), 1 << 23);
    }

    @Test
    void nothingIsReadThatNobodyAsksFor() {
        AtomicLong seen = new AtomicLong();
        HttpStream stream = openLarge(IDLE);
        var reader = new BaseSubscriber<ByteBuffer>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(ByteBuffer piece) {
                seen.addAndGet(piece.remaining());
            }
        };
        stream.body().subscribe(reader);
        await(() -> seen.get() > 0);
        assertThat(seen.get()).isLessThan(100_000);
        reader.cancel();
        await(() -> server.open() == 0);
    }

    @Test
    void theDeadlineIsForAllOfIt() {
        server((request, client) -> {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(100));
            for (int i = 1; i < 100; i++) {
                client.after(i * 20, () -> client.send("x"));
            }
        });
        HttpStream stream = stream(Duration.ofMillis(200), Duration.ofMillis(500), 1 << 20);
        assertThatThrownBy(() -> bytes(stream.body())).hasMessageContaining("deadline");
    }

    @Test
    void discardingAndCancellingCloseTheConnection() {
        openLarge(IDLE).discard().run();
        await(() -> server.open() == 0);
        server((request, client) -> {});
        HttpCall call = HttpCall.get("media", HOST, PATH).on(Lane.MEDIA, Duration.ofSeconds(5), 100);
        int before = server.requests.size();
        var waiting = exchange.stream(call, IDLE).subscribe();
        await(() -> server.requests.size() > before);
        waiting.dispose();
        await(() -> server.open() == 0);
    }

    @Test
    void transfersAndCommandsNeverKeepTheCycleWaiting() {
        server((request, client) -> {
            if (request.line().contains("cycle")) {
                client.ok("cycle");
            }
        });
        for (Lane lane : new Lane[] {Lane.COMMAND, Lane.MEDIA, Lane.UPLOAD, Lane.POLL}) {
            for (int i = 0; i < 8; i++) {
                exchange.exchange(HttpCall.get("slow", HOST, PATH).on(lane, Duration.ofSeconds(30), 100))
                        .subscribe(answer -> {}, error -> {});
            }
        }
        await(() -> server.requests.size() == 2 + 3 + 1 + 1);
        HttpAnswer answer =
                send(HttpCall.get("cycle", HOST, PATH + "/cycle").on(Lane.CYCLE, Duration.ofSeconds(2), 100));
        assertThat(text(answer)).isEqualTo("cycle");
    }

    @Test
    void whatNeverLeftIsToldFromWhatMayHaveArrived() {
        server((request, client) -> {});
        HttpCall slow = HttpCall.get("slow", HOST, PATH).on(Lane.UPLOAD, Duration.ofMillis(600), 100);
        HttpCall waiting = HttpCall.get("waiting", HOST, PATH).on(Lane.UPLOAD, Duration.ofMillis(300), 100);
        var first = exchange.exchange(slow).materialize().cache();
        first.subscribe();
        await(() -> server.requests.size() == 1);
        assertThatThrownBy(() -> send(waiting))
                .isInstanceOfSatisfying(
                        HostUnreachableException.class,
                        error -> assertThat(error.neverSent()).isTrue());
        assertThat(Objects.requireNonNull(first.block(PATIENCE)).getThrowable())
                .isInstanceOfSatisfying(
                        HostUnreachableException.class,
                        error -> assertThat(error.neverSent()).isFalse());
        assertThat(server.requests).hasSize(1);
        server.close();
        assertThatThrownBy(this::get)
                .isInstanceOfSatisfying(
                        HostUnreachableException.class,
                        error -> assertThat(error.neverSent()).isTrue());
    }
}
