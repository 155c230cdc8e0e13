package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.options.HttpOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no ordinary server says, at once and byte by byte. Whatever it is: one typed result, no connection used again about
 * which there is a doubt, and the next call answered with its own answer.
 */
class OddServerTest extends ExchangeFixture {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String NOT_HTTP = "its answer is not HTTP";

    /**
     * @param result the status and the body, or words of the error
     * @param kept whether the next call may use the same connection
     */
    record Odd(String name, String bytes, String result, boolean kept) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Odd> odd() {
        return Stream.of(
                kept("blank before a colon", head("Content-Length : 2") + "ok", "200 ok"),
                kept("folded header", head("X: a\r\n Content-Length: 9\r\nContent-Length: 2") + "ok", "200 ok"),
                closed("header without a colon", head("no colon here\r\nContent-Length: 2") + "ok", NOT_HTTP),
                closed("length without a colon", head("Content-Length 2") + "ok", NOT_HTTP),
                closed("one word for a header", head("word\r\nContent-Length: 2") + "ok", NOT_HTTP),
                closed("header without a name", head(": x\r\nContent-Length: 2") + "ok", NOT_HTTP),
                closed("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", NOT_HTTP),
                closed("bare carriage return", head("X: a\rContent-Length: 9\r\nContent-Length: 2") + "ok", NOT_HTTP),
                closed("two equal lengths", head("Content-Length: 2\r\nContent-Length: 2") + "ok", NOT_HTTP),
                closed("a list of lengths", head("Content-Length: 2, 2") + "ok", NOT_HTTP),
                closed("a length with a sign", head("Content-Length: +2") + "ok", NOT_HTTP),
                closed(
                        "a length and chunks",
                        head("Content-Length: 2\r\nTransfer-Encoding: chunked") + "0\r\n\r\n",
                        NOT_HTTP),
                closed("length too small", head("Content-Length: 2") + "okay", "200 ok"),
                closed("a body where none may be", "HTTP/1.1 204 No Content\r\n\r\nok", "204 "),
                closed("half a status behind", OK + "HTTP/1.1 20", "200 ok"),
                closed("half a head behind", OK + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "200 ok"),
                closed("an interim answer behind", OK + "HTTP/1.1 100 Continue\r\n\r\n", "200 ok"),
                closed("one byte behind", OK + "x", "200 ok"),
                kept("chunks with extensions and trailers", CHUNKED + "2;a=b\r\nok\r\n0\r\nT: x\r\n\r\n", "200 ok"),
                closed("chunk without its end", CHUNKED + "2\r\nokXX0\r\n\r\n", NOT_HTTP),
                closed("chunk of an impossible size", CHUNKED + "ffffffffffffffff1\r\nok\r\n0\r\n\r\n", NOT_HTTP),
                closed("chunk without a size", CHUNKED + "\r\nok\r\n0\r\n\r\n", NOT_HTTP),
                closed("chunk that is too long", CHUNKED + "1\r\nok\r\n0\r\n\r\n", NOT_HTTP),
                closed("chunks with bare line feeds", CHUNKED + "2\nok\n0\n\n", NOT_HTTP),
                closed("bytes behind the last chunk", CHUNKED + "2\r\nok\r\n0\r\n\r\nzz", "200 ok"),
                closed(
                        "chunked twice",
                        head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n",
                        "says twice"),
                closed(
                        "chunked, then gzip",
                        head("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip") + "0\r\n\r\n",
                        "says twice"),
                closed("chunked and more", head("Transfer-Encoding: chunked, identity") + "0\r\n\r\n", NOT_HTTP),
                closed(
                        "two content encodings",
                        head("Content-Encoding: identity\r\nContent-Encoding: br\r\nContent-Length: 2") + "ok",
                        "says twice"),
                closed("old protocol", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
                closed(
                        "chunks in the old protocol",
                        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        NOT_HTTP),
                closed("new protocol", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
                closed("status of two digits", "HTTP/1.1 99 -\r\nContent-Length: 2\r\n\r\nok", "99 ok"),
                closed("status of four digits", "HTTP/1.1 1000 -\r\nContent-Length: 2\r\n\r\nok", "1000 ok"),
                closed("status 0, framed", "HTTP/1.1 0 -\r\nContent-Length: 2\r\n\r\nok", "0 ok"),
                closed("zeros before the answer", "\0\0" + OK, NOT_HTTP),
                kept("moved, but not where", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n", "301 "),
                kept("empty gzip", head("Content-Encoding: gzip\r\nContent-Length: 0"), "200 "),
                closed("go on for ever", "HTTP/1.1 100 Continue\r\n\r\n".repeat(9) + OK, "interim answer (100)"),
                kept("three times go on", "HTTP/1.1 100 Continue\r\n\r\n".repeat(3) + OK, "200 ok"),
                closed("go on, with a body", "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nHTTP/" + OK, NOT_HTTP),
                closed(
                        "go on, then processing",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK,
                        "interim answer (102)"),
                closed(
                        "hints, then the answer",
                        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK,
                        "interim answer (103)"));
    }

    static Stream<Odd> large() {
        return Stream.of(
                closed("a head of 40 KiB", head("X: " + "x".repeat(40_000)) + "ok", "its headers are too large"),
                closed(
                        "a thousand headers",
                        head("X-Header-Number: 12345678901234567890\r\n".repeat(1_000) + "Y: y"),
                        "its headers are too large"),
                closed(
                        "a status line of 5 KiB",
                        "HTTP/1.1 200 " + "x".repeat(5_000) + "\r\n\r\n",
                        "its headers are too large"),
                closed(
                        "trailers of 40 KiB",
                        CHUNKED + "0\r\nX: " + "x".repeat(40_000) + "\r\n\r\n",
                        "its headers are too large"),
                closed(
                        "a chunk extension of 40 KiB",
                        CHUNKED + "2;" + "x".repeat(40_000) + "\r\nok\r\n0\r\n\r\n",
                        "its headers are too large"));
    }

    private static String head(String headers) {
        return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n";
    }

    private static Odd kept(String name, String bytes, String result) {
        return new Odd(name, bytes, result, true);
    }

    private static Odd closed(String name, String bytes, String result) {
        return new Odd(name, bytes, result, false);
    }

    @ParameterizedTest
    @MethodSource({"odd", "large"})
    void saidAtOnce(Odd odd) {
        server((request, client) -> {
            if (server.requests.size() == 1) {
                client.send(odd.bytes());
            } else {
                client.ok("next " + request.connection());
            }
        });

        assertThat(result()).contains(odd.result());
        assertThat(result()).isEqualTo(odd.kept() ? "200 next 1" : "200 next 2");
        await(() -> server.open() == 1);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void saidByteByByte(Odd odd) {
        server((request, client) -> {
            if (server.requests.size() == 1) {
                for (byte each : odd.bytes().getBytes(StandardCharsets.ISO_8859_1)) {
                    client.send(new byte[] {each});
                }
            } else {
                client.ok("next " + request.connection());
            }
        });

        assertThat(result()).contains(odd.result());
        await(() -> odd.kept() || server.closed.get() == 1);
        assertThat(result()).isEqualTo(odd.kept() ? "200 next 1" : "200 next 2");
    }

    /** Status and body, or the words of the one error there is. */
    private String result() {
        try {
            HttpAnswer answer = send(call());
            return answer.status() + " " + text(answer);
        } catch (HostUnreachableException e) {
            assertThat(e).hasNoCause().hasMessageStartingWith("test at wx.qq.com: ");
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 1", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200"})
    void goOnWithoutAnAnswerIsNoAnswer(String bytes) {
        server((request, client) -> {
            if (request.connection() == 1) {
                client.send(bytes);
            } else if (request.connection() == 2) {
                client.send(bytes).close();
            } else {
                client.ok("next");
            }
        });

        assertThatThrownBy(() -> send(call(Duration.ofMillis(300), 1_000)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("no complete answer within 300 ms");
        assertThat(result()).contains("closed the connection before the answer was complete");
        assertThat(result()).isEqualTo("200 next");
        await(() -> server.open() == 1);
    }

    /** A connection of which the client knows no more than that something has begun there. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "\0", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"})
    void whatBeginsOnAnIdleConnectionEndsIt(String bytes) {
        var first = new AtomicReference<RawServer.Client>();
        server((request, client) -> {
            first.compareAndSet(null, client);
            client.ok("answer " + request.connection());
        });

        assertThat(result()).isEqualTo("200 answer 1");
        Objects.requireNonNull(first.get()).send(bytes);
        await(() -> server.closed.get() == 1);

        assertThat(result()).isEqualTo("200 answer 2");
    }

    /** Nobody can tell an answer that came too early from one that came fast; but it never moves the later ones up. */
    @Test
    void anAnswerBeforeTheRequestDoesNotMoveTheOthersUp() {
        server(new RawServer.Script() {
            @Override
            public void on(RawServer.Request request, RawServer.Client client) {
                client.ok("answer " + request.connection());
            }

            @Override
            public void greet(int connection, RawServer.Client client) {
                if (connection == 1) {
                    client.ok("unasked");
                }
            }
        });

        assertThat(result()).containsAnyOf("200 unasked", "closed the connection", "answer 2");
        await(() -> server.closed.get() == 1);

        assertThat(result()).isEqualTo("200 answer 2");
        assertThat(result()).isEqualTo("200 answer 2");
    }

    @Test
    void anOldAnswerWithoutLengthEndsWithItsConnection() {
        server((request, client) -> {
            if (request.connection() == 1) {
                client.send("HTTP/1.0 200 OK\r\n\r\nall of it").close();
            } else {
                client.ok("next");
            }
        });

        assertThat(result()).isEqualTo("200 all of it");
        assertThat(result()).isEqualTo("200 next");
    }

    @Test
    void aResetBehindTheAnswerCostsOneCallAtMost() {
        server((request, client) -> {
            client.ok("answer " + request.connection());
            if (request.connection() == 1) {
                client.after(20, client::reset);
            }
        });

        assertThat(result()).isEqualTo("200 answer 1");
        await(() -> server.closed.get() == 1);
        assertThat(result()).containsAnyOf("200 answer 2", "closed the connection", "the connection broke");
        assertThat(result()).isEqualTo("200 answer 2");
    }

    @Test
    void aResetBeforeTheRequestIsATypedError() {
        server(new RawServer.Script() {
            @Override
            public void on(RawServer.Request request, RawServer.Client client) {
                client.ok("answer " + request.connection());
            }

            @Override
            public void greet(int connection, RawServer.Client client) {
                if (connection == 1) {
                    client.reset();
                }
            }
        });

        assertThat(result()).containsAnyOf("closed the connection", "the connection broke", "TLS failed");
        assertThat(result()).isEqualTo("200 answer 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset",
                "close",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\u0016\u0003\u0003\u0000\u0001x",
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0028"
            })
    void whatIsNoHandshakeIsATypedError(String greeting) throws Exception {
        RawServer.Script script = new RawServer.Script() {
            @Override
            public void on(RawServer.Request request, RawServer.Client client) {
                client.ok("plain");
            }

            @Override
            public void greet(int connection, RawServer.Client client) {
                switch (greeting) {
                    case "reset" -> client.reset();
                    case "close" -> client.close();
                    default -> client.send(greeting).close();
                }
            }
        };
        try (RawServer plain = new RawServer(null, script)) {
            HttpOptions options = options().withConnectTo(plain.address());
            Connections there = Connections.open(options, timer);
            try {
                assertThatThrownBy(() -> there.exchange(jar).exchange(call()).block(PATIENCE))
                        .isInstanceOf(HostUnreachableException.class)
                        .hasNoCause()
                        .message()
                        .startsWith("test at wx.qq.com: ")
                        .containsAnyOf("TLS", "closed the connection", "the connection broke");
            } finally {
                there.close().block(PATIENCE);
            }
        }
    }
}
