package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer is ever given to a request it was not the answer to. */
class StrayAnswerTest extends ExchangeFixture {
    @ParameterizedTest
    @ValueSource(ints = {102, 103})
    void anInterimAnswerPoisonsNothing(int status) {
        server((request, client) -> {
            if (request.connection() == 1) {
                client.send("HTTP/1.1 " + status + " Interim\r\n\r\n");
            }
            client.ok("answer on connection " + request.connection() + ", request " + request.number());
        });

        assertThatThrownBy(this::get).isInstanceOf(HostUnreachableException.class);

        assertThat(List.of(text(get()), text(get())))
                .containsExactly("answer on connection 2, request 1", "answer on connection 2, request 2");
    }

    @Test
    void aSecondAnswerRightBehindTheFirstEndsTheConnection() {
        server((request, client) -> {
            String right = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright";
            String wrong = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";
            client.send(right + wrong);
        });

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(text(get()));
        }

        assertThat(answers).containsOnly("right");
        assertThat(server.accepted).hasValue(5);
    }

    @Test
    void anUnaskedAnswerOnAnIdleConnectionEndsIt() {
        server((request, client) -> {
            client.ok("right");
            if (request.connection() == 1) {
                client.after(50, () -> client.ok("unasked"));
            }
        });

        assertThat(text(get())).isEqualTo("right");
        await(() -> server.open() == 0);
        assertThat(text(get())).isEqualTo("right");
        assertThat(server.accepted).hasValue(2);
    }

    @Test
    void statusZeroIsDeliveredAndItsConnectionClosed() {
        server((request, client) -> {
            if (request.connection() == 1) {
                // The server neither says how long the body is nor closes: waiting for its end would cost the whole
                // poll.
                client.send("HTTP/1.1 0 -\r\nContent-Type: text/plain\r\n\r\n\u0001\u0002");
            } else {
                client.send("HTTP/1.1 0 -\r\nContent-Length: 2\r\n\r\nzz");
            }
        });

        HttpAnswer open = get();
        HttpAnswer framed = get();

        assertThat(open.status()).isZero();
        assertThat(framed.status()).isZero();
        assertThat(text(framed)).isEqualTo("zz");
        assertThat(server.accepted).hasValue(2);
        await(() -> server.open() == 0);
    }

    @Test
    void connectionCloseIsRespected() {
        server((request, client) -> client.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));

        get();
        get();

        assertThat(server.accepted).hasValue(2);
    }
}
