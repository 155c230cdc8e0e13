package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.wxflux.error.ConfigurationException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.options.HttpOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Whoever cannot show a trusted certificate for the very name asked for gets no byte of the request. */
class TlsTest {
    @TempDir
    Path directory;

    private HttpAnswer get(HttpOptions options) {
        Scheduler timer = Schedulers.newSingle("test-timer", true);
        Connections connections = Connections.open(options, timer);
        try {
            return Objects.requireNonNull(connections
                    .exchange(Rfc6265CookieJar.empty())
                    .exchange(ExchangeFixture.call())
                    .block(ExchangeFixture.PATIENCE));
        } finally {
            connections.close().block(ExchangeFixture.PATIENCE);
            timer.dispose();
        }
    }

    private void refuses(SslContext tls, HttpOptions options) {
        try (RawServer server = new RawServer(tls, (request, client) -> client.ok("caught"))) {
            assertThatThrownBy(() -> get(options.withConnectTo(server.address())))
                    .isInstanceOf(HostUnreachableException.class)
                    .hasNoCause()
                    .hasMessageStartingWith("test at wx.qq.com: its TLS certificate was refused");
            assertThat(server.plainBytes).hasValue(0);
            assertThat(server.requests).isEmpty();
        }
    }

    private HttpOptions trusting() throws Exception {
        return HttpOptions.defaults().withTrust(TestAuthority.TRUSTED.pem(directory));
    }

    @Test
    void acceptsTheTrustFileAndKeepsTheRealNames() throws Exception {
        try (RawServer server = new RawServer(TestAuthority.WEB_WECHAT, (request, client) -> client.ok("ok"))) {
            get(trusting().withConnectTo(server.address()));

            assertThat(server.names).containsExactly("wx.qq.com");
            assertThat(server.requests.get(0).header("host")).isEqualTo("wx.qq.com");
        }
    }

    @Test
    void refusesACertificateNobodyVouchesFor() {
        refuses(TestAuthority.WEB_WECHAT, HttpOptions.defaults());
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        refuses(TestAuthority.STRANGER.server("wx.qq.com"), trusting());
    }

    @Test
    void refusesAGoodCertificateOfAnotherName() throws Exception {
        refuses(TestAuthority.TRUSTED.server("evil.example", "qq.com", "wx.qq.com.evil.example"), trusting());
    }

    @Test
    void refusesAServerWithoutTls() throws Exception {
        try (RawServer server = new RawServer(null, (request, client) -> client.ok("plain"))) {
            HttpOptions options = trusting().withConnectTo(server.address());

            assertThatThrownBy(() -> {
                        // The server takes the handshake for the beginning of a request and waits for its end.
                        get(options.withConnectTimeout(Duration.ofMillis(500)));
                    })
                    .isInstanceOf(HostUnreachableException.class)
                    .hasMessageContaining("TLS");
        }
    }

    @Test
    void theTrustFileComesOnTopOfTheSystems() throws Exception {
        int system = issuers(null);

        assertThat(system).isPositive();
        assertThat(issuers(TestAuthority.TRUSTED.pem(directory))).isEqualTo(system + 1);
    }

    private static int issuers(@Nullable Path pem) {
        return Arrays.stream(TrustedCertificates.of(pem).getTrustManagers())
                .map(X509TrustManager.class::cast)
                .mapToInt(manager -> manager.getAcceptedIssuers().length)
                .sum();
    }

    @Test
    void namesATrustFileThatCannotWork() throws Exception {
        Path missing = directory.resolve("missing.pem");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path text = Files.writeString(directory.resolve("text.pem"), "hello");
        Path broken = Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n");

        for (Path pem : List.of(missing, empty, text, broken, directory)) {
            assertThatThrownBy(() -> TrustedCertificates.of(pem))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(pem.toString())
                    .hasMessageNotContaining("c2VjcmV0");
        }
    }
}
