package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The operating system's own event loops, and OpenSSL. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NativeTransportTest extends ExchangeFixture {
    @Override
    HttpOptions options() throws Exception {
        return super.options().withTransport(Transport.NATIVE).withTls(TlsProvider.OPENSSL);
    }

    @Test
    void theyAreUsedWhenAskedForAndOnlyThen() throws Exception {
        assertThat(connections.tls()).isInstanceOf(ReferenceCountedOpenSslContext.class);
        var loops = new EventLoops(LoopKind.of(Transport.NATIVE), 1);
        assertThat(loops.onServer(true).isIoType(EpollIoHandler.class)).isTrue();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(PATIENCE);

        // Both are on the class path, and not taken for that.
        var usual = Connections.open(super.options(), timer);
        assertThat(usual.tls()).isNotInstanceOf(ReferenceCountedOpenSslContext.class);
        usual.close().block(PATIENCE);
        var java = new EventLoops(LoopKind.of(Transport.NIO), 1);
        assertThat(java.onServer(true).isIoType(EpollIoHandler.class)).isFalse();
        java.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(PATIENCE);
    }

    @Test
    void answersOfAllSizesOnOneConnectionAndOnANewOne() {
        for (int size : new int[] {0, 1, 20_000, 1 << 19}) {
            server((request, client) -> client.ok("x".repeat(size)));
            assertThat(text(get())).hasSize(size);
        }
        assertThat(server.names).containsExactly(HOST);

        server((request, client) -> client.close());
        assertThat(exchange.exchange(call()).onErrorComplete().block(PATIENCE)).isNull();
        server((request, client) -> client.ok("again"));
        assertThat(text(get())).isEqualTo("again");
    }

    /** A socket of another kind than its loop cannot be used. */
    @Test
    void namesAreLookedUpOnTheSameLoops() throws Exception {
        LoopKind kind = LoopKind.of(Transport.NATIVE);
        var loops = new EventLoops(kind, 1);
        try (DatagramSocket dns = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            new Thread(() -> answer(dns), "test-dns").start();
            EventLoop loop = loops.onServer(true).next();
            try (DnsNameResolver resolver = Connections.dns(HttpOptions.defaults(), kind)
                    .eventLoop(loop)
                    .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.getLocalPort())))
                    .build()) {
                var found = resolver.resolve("wx.qq.com.").awaitUninterruptibly();
                assertThat(found.isSuccess()).as("%s", found.cause()).isTrue();
                assertThat(Objects.requireNonNull(found.getNow()).getHostAddress())
                        .isEqualTo("203.205.151.1");
            }
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(PATIENCE);
        }
    }

    /** To whatever is asked: one A record if that was the question, else none. */
    private static void answer(DatagramSocket dns) {
        byte[] buffer = new byte[512];
        try {
            while (!dns.isClosed()) {
                var question = new DatagramPacket(buffer, buffer.length);
                dns.receive(question);
                int end = 12;
                while (buffer[end] != 0) {
                    end += buffer[end] + 1;
                }
                end += 5;
                boolean isA = buffer[end - 3] == 1;
                ByteBuffer out = ByteBuffer.allocate(512);
                out.put(buffer, 0, 2).putShort((short) 0x8180).putShort((short) 1);
                out.putShort((short) (isA ? 1 : 0)).putInt(0).put(buffer, 12, end - 12);
                if (isA) {
                    out.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1);
                    out.putInt(60).putShort((short) 4);
                    out.put(new byte[] {(byte) 203, (byte) 205, (byte) 151, 1});
                }
                dns.send(new DatagramPacket(out.array(), out.position(), question.getSocketAddress()));
            }
        } catch (IOException closed) {
            // That is its end.
        }
    }
}
