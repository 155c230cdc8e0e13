package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes back instead of an answer ends in one typed error, and that connection is never used again. */
class BrokenAnswerTest extends ExchangeFixture {
    private static final byte[] GZIP = Gzip.of("{\"BaseResponse\":{\"Ret\":0}}".repeat(50));

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("\u0000\u0001garbage\r\n\r\n", "not HTTP"),
                Arguments.of("<html>no status line</html>\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 abc OK\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/9x 200 OK\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", "larger than 1048576"),
                Arguments.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "not HTTP"),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "transfer encoding"),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", "content encoding"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", "too early"),
                Arguments.of("HTTP/1.1 200 OK\r\nX: " + "y".repeat(40_000) + "\r\n\r\n", "headers are too large"),
                Arguments.of("HTTP/1.1 200 " + "y".repeat(5_000) + "\r\n\r\n", "headers are too large"),
                Arguments.of("HTTP/1.1 200 OK\r\nA\u0000: b\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 101 Switching Protocols\r\n\r\n", "interim answer (101)"),
                Arguments.of("HTTP/1.1 102 Processing\r\n\r\n", "interim answer (102)"),
                Arguments.of("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", "interim answer (103)"),
                Arguments.of("HTTP/1.1 100 Continue\r\n\r\n".repeat(9), "interim answer (100)"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void endsInOneTypedErrorAndClosesTheConnection(String bytes, String words) {
        server((request, client) -> {
            if (request.connection() == 1) {
                client.send(bytes);
            } else {
                client.ok("next");
            }
        });

        assertThatThrownBy(this::get)
                .isInstanceOf(HostUnreachableException.class)
                .hasNoCause()
                .hasMessageStartingWith("test at wx.qq.com: ")
                .hasMessageContaining(words);

        assertThat(text(get())).isEqualTo("next");
        await(() -> server.closed.get() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"
            })
    void endsInOneTypedErrorWhenItIsCutShort(String bytes) {
        for (int way = 0; way < 2; way++) {
            boolean reset = way == 1;
            server((request, client) -> {
                client.send(bytes);
                client.after(20, reset ? client::reset : client::close);
            });

            assertThatThrownBy(this::get)
                    .isInstanceOf(HostUnreachableException.class)
                    .hasNoCause()
                    .message()
                    .containsAnyOf("closed the connection", "the connection broke", "not HTTP");
        }
    }

    @Test
    void aGzipBodyMustBeWhole() {
        server((request, client) -> {
            int length = request.connection() == 1 ? GZIP.length - 6 : GZIP.length;
            client.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + length + "\r\n\r\n")
                    .send(Arrays.copyOf(GZIP, length));
        });

        assertThatThrownBy(this::get)
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("gzip body ends too early");
        assertThat(text(get())).hasSize(26 * 50);
    }

    @Test
    void aGzipBodyCutByTheConnectionsEndIsAnError() {
        server((request, client) -> {
            client.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n").send(Arrays.copyOf(GZIP, 40));
            client.close();
        });

        assertThatThrownBy(this::get).hasMessageContaining("gzip body ends too early");
    }

    @Test
    void aBombEndsAtTheLimit() {
        byte[] bomb = Gzip.bomb(1_024);
        server((request, client) -> client.send(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n")
                .send(bomb));
        long start = System.nanoTime();

        assertThatThrownBy(() -> send(call(PATIENCE, 16 << 20)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("more than 200 times its size");

        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void anEndlessBodyEndsAtTheLimit() {
        server((request, client) -> {
            client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(("1000\r\n" + "x".repeat(4_096) + "\r\n").repeat(100));
        });

        assertThatThrownBy(() -> send(call(PATIENCE, 10_000)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining("larger than 10000 bytes");
        await(() -> server.open() == 0);
    }

    @Test
    void aBodyWithoutLengthEndsWithItsConnection() {
        server((request, client) -> {
            client.send("HTTP/1.1 200 OK\r\n\r\nall of it");
            client.close();
        });

        assertThat(text(get())).isEqualTo("all of it");
    }

    @Test
    void oneContinueIsPassedOver() {
        server((request, client) -> {
            client.send("HTTP/1.1 100 Continue\r\n\r\n");
            client.ok("final " + request.number());
        });

        assertThat(text(get())).isEqualTo("final 1");
        assertThat(text(get())).isEqualTo("final 2");
        assertThat(server.accepted).hasValue(1);
    }
}
