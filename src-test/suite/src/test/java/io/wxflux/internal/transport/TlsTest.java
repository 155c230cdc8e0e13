package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.wxflux.error.ConfigurationException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.TlsProvider;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Whoever cannot show a trusted certificate for the very name asked for gets no byte of the request, whoever does TLS. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsTest {
    private final TlsProvider provider;

    TlsTest(TlsProvider provider) {
        this.provider = provider;
    }

    /** The library for one platform is on the class path of the tests; there it has to work. */
    @BeforeEach
    void isThere() {
        assumeTrue(
                provider == TlsProvider.JDK || Platform.current().classifier().equals("linux-x86_64"));
    }

    private HttpOptions options() {
        return HttpOptions.defaults().withTls(provider);
    }

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
        return options().withTrust(TestAuthority.TRUSTED.pem(directory));
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
        refuses(TestAuthority.WEB_WECHAT, options());
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
    void refusesACertificateThatIsOverOrHasNotBegun() throws Exception {
        Instant now = Instant.now();
        refuses(
                TestAuthority.TRUSTED.server(
                        leaf -> leaf.notBefore(now.minus(Duration.ofDays(30))).notAfter(now.minus(Duration.ofDays(1))),
                        "wx.qq.com"),
                trusting());
        refuses(
                TestAuthority.TRUSTED.server(
                        leaf -> leaf.notBefore(now.plus(Duration.ofDays(1))).notAfter(now.plus(Duration.ofDays(30))),
                        "wx.qq.com"),
                trusting());
    }

    /** What the client says before anything is agreed on: a server of older versions finds none it knows. */
    @Test
    void offersNothingBelowTls12() throws Exception {
        var hello = new AtomicReference<byte[]>();
        var script = new RawServer.Script() {
            @Override
            public void on(RawServer.Request request, RawServer.Client client) {}

            @Override
            public void greet(int connection, RawServer.Client client) {
                client.channel().pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        hello.compareAndSet(null, ByteBufUtil.getBytes((ByteBuf) msg));
                        ReferenceCountUtil.release(msg);
                        ctx.close();
                    }
                });
            }
        };
        try (RawServer server = new RawServer(null, script)) {
            assertThatThrownBy(() -> get(trusting().withConnectTo(server.address())))
                    .isInstanceOf(HostUnreachableException.class);
        }
        assertThat(versions(Objects.requireNonNull(hello.get()))).containsExactlyInAnyOrder(0x0303, 0x0304);
    }

    /** The list in the extension supported_versions (RFC 8446, 4.2.1) of a ClientHello. */
    private static List<Integer> versions(byte[] hello) {
        ByteBuffer in = ByteBuffer.wrap(hello);
        in.position(5 + 4 + 2 + 32);
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
        in.position(in.position() + 2 + in.getShort(in.position()));
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
        int end = in.getShort() + in.position();
        List<Integer> versions = new ArrayList<>();
        while (in.position() < end) {
            int type = in.getShort() & 0xffff;
            int next = in.getShort() + in.position();
            if (type == 43) {
                for (int left = in.get() & 0xff; left > 0; left -= 2) {
                    versions.add(in.getShort() & 0xffff);
                }
            }
            in.position(next);
        }
        return versions;
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
