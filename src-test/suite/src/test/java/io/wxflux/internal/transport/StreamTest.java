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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Answers that are handed over as they come in. */
class StreamTest extends ExchangeFixture {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private @Nullable Connections timed;

    @AfterEach
    void closeTimed() {
        if (timed != null) {
            timed.close().block(PATIENCE);
        }
    }

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
    void silenceIsAnError() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "x".repeat(100)));
        assertThat(failsInTime(
                        timed(Duration.ofSeconds(10), Duration.ofHours(1)).flatMapMany(HttpStream::body)))
                .hasMessageContaining("fell silent");
    }

    @Test
    void aSlowReaderIsNoSilence() {
        String large = "y".repeat(2_000_000);
        server((request, client) -> client.ok(large));
        HttpStream slow = stream(Duration.ofSeconds(3), Duration.ofSeconds(60), 1 << 22);
        AtomicLong pieces = new AtomicLong();
        Flux<ByteBuffer> body = slow.body()
                .concatMap(
                        piece -> pieces.incrementAndGet() == 1
                                ? Mono.delay(Duration.ofSeconds(4), timer).thenReturn(piece)
                                : Mono.just(piece),
                        1);
        assertThat(bytes(body)).hasSize(2_000_000);
    }

    @Test
    void anAnswerThatNobodyReadsIsClosed() {
        server((request, client) -> client.ok("z".repeat(4_000_000)));
        HttpStream unread = Objects.requireNonNull(
                timed(Duration.ofSeconds(10), Duration.ofHours(1)).block(PATIENCE));
        await(() -> {
            clock.advanceTimeBy(Duration.ofSeconds(3));
            return server.closed.get() >= 1;
        });
        assertThatThrownBy(() -> bytes(unread.body())).hasMessageContaining("was not read");
    }

    @Test
    void theDeadlineIsForAllOfIt() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(100)));
        assertThat(failsInTime(
                        timed(Duration.ofMinutes(4), Duration.ofMinutes(2)).flatMapMany(HttpStream::body)))
                .hasMessageContaining("deadline");
    }

    /** With a clock that stands still until the test moves it. */
    private Mono<HttpStream> timed(Duration idle, Duration deadline) {
        return Mono.defer(() ->
                timedExchange().stream(HttpCall.get("media", HOST, PATH).on(Lane.MEDIA, deadline, 1 << 23), idle));
    }

    private Exchange timedExchange() {
        try {
            Connections open = timed == null ? Connections.open(options(), clock) : timed;
            timed = open;
            return open.exchange(jar);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Throwable failsInTime(Flux<?> what) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicLong came = new AtomicLong();
        what.subscribe(piece -> came.incrementAndGet(), failure::set);
        await(() -> came.get() > 0);
        await(() -> {
            clock.advanceTimeBy(Duration.ofSeconds(3));
            return failure.get() != null;
        });
        return Objects.requireNonNull(failure.get());
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
                send(HttpCall.get("cycle", HOST, PATH + "/cycle").on(Lane.CYCLE, Duration.ofSeconds(8), 100));
        assertThat(text(answer)).isEqualTo("cycle");
    }

    @Test
    void whatNeverLeftIsToldFromWhatMayHaveArrived() {
        server((request, client) -> {});
        Exchange slowly = timedExchange();
        Mono<Throwable> first = error(slowly, Duration.ofSeconds(60));
        first.subscribe();
        await(() -> server.requests.size() == 1);
        Mono<Throwable> waiting = error(slowly, Duration.ofSeconds(30));
        waiting.subscribe();
        clock.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(waiting.block(PATIENCE)).isInstanceOfSatisfying(HostUnreachableException.class, error -> {
            assertThat(error.neverSent()).isTrue();
            assertThat(error).hasMessageContaining("waiting for a connection");
        });
        clock.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(first.block(PATIENCE))
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

    private static Mono<Throwable> error(Exchange exchange, Duration deadline) {
        return exchange.exchange(HttpCall.get("slow", HOST, PATH).on(Lane.UPLOAD, deadline, 100))
                .<Throwable>handle((answer, sink) -> sink.complete())
                .onErrorResume(Mono::just)
                .cache();
    }
}
