package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.transport.Connections;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 18.1: status lines that no ordinary server would send, WireMock included. */
class StatusLineContractTests {
    /** As seen at the push host, sometimes. */
    private static final String ZERO =
            "HTTP/1.1 0 -\r\nConnection: close\r\nContent-Type: text/javascript\r\n\r\n\0\2canary\0";

    @RegisterExtension
    final Wire wire = new Wire();

    private void answered(String bytes, Consumer<Service> test) throws IOException {
        try (var server = new RawAnswer(wire.server().tls(), bytes)) {
            Connections connections = Connections.open(
                    wire.http().withConnectTo(server.address()), wire.server().timer());
            try {
                test.accept(wire.service(connections));
            } finally {
                connections.close().block(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void status0AtThePushHostMeansFetch() throws IOException {
        answered(
                ZERO,
                service -> assertThat(Wire.await(Step.SYNC_CHECK.on(service))).isEqualTo(new SyncSignal(0, 2)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SYNC_CHECK", "PUSH_LOGIN", "LOGOUT"})
    void status0AnywhereElseIsNoAnswerAndNoEndOfTheSession(Step step) throws IOException {
        answered(
                ZERO,
                service -> assertThat(Wire.failure(step.on(service)))
                        .isExactlyInstanceOf(HostUnreachableException.class)
                        .hasMessage(
                                step.operation
                                        + " was answered with HTTP status 0; the host is treated as unreachable and tried again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200 -", "HTTP/1.0 200 OK", "HTTP/1.1  200 OK"})
    void a200WithoutReasonOrOfOldIsA200(String line) throws IOException {
        answered(
                line + "\r\nConnection: close\r\n\r\n" + Step.SYNC_CHECK.answer,
                service -> assertThat(Wire.await(Step.SYNC_CHECK.on(service))).isEqualTo(new SyncSignal(0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 - canary", "HTTP/1.1", "canary", "ICY 200 OK", "HTTP/1.1 -5 canary", "\0\0\0"})
    void whatIsNoStatusLineIsAHostThatGaveNoAnswer(String line) throws IOException {
        answered(
                line + "\r\nConnection: close\r\n\r\n" + Step.SYNC_CHECK.answer,
                service -> assertThat(Wire.failure(Step.SYNC_CHECK.on(service)))
                        .isExactlyInstanceOf(HostUnreachableException.class));
    }

    @Test
    void anUnknownStatusOfTheServersIsAHostInTrouble() throws IOException {
        answered(
                "HTTP/1.1 999 canary\r\nConnection: close\r\n\r\n",
                service -> assertThat(Wire.failure(Step.SYNC_CHECK.on(service)))
                        .isExactlyInstanceOf(HostUnreachableException.class)
                        .hasMessageContaining("HTTP status 999"));
    }
}
