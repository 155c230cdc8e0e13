package io.wxflux.simulator;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The service at one address. It can be closed and opened again, as a machine that dies and comes back. */
final class Listener {

    private static final int LINE_LIMIT = 16_384;
    private static final int HEADER_LIMIT = 32_768;
    private static final int BACKLOG = 8_192;

    private final HttpServer server;
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private int port;
    private @Nullable DisposableServer bound;

    Listener(
            String address,
            int port,
            boolean gzip,
            LoopResources loops,
            @Nullable SslContext tls,
            HostDoors doors,
            FrontDoor door) {
        this.port = port;
        HttpServer plain = HttpServer.create()
                .host(address)
                .runOn(loops)
                .compress(gzip)
                .option(io.netty.channel.ChannelOption.SO_BACKLOG, BACKLOG)
                .doOnChannelInit((observer, channel, remote) -> {
                    connections.add(channel);
                    if (tls != null) {
                        channel.pipeline().addFirst(doors.door());
                    }
                })
                .httpRequestDecoder(
                        spec -> spec.maxInitialLineLength(LINE_LIMIT).maxHeaderSize(HEADER_LIMIT))
                .handle(door::handle);
        server = tls == null
                ? plain
                : plain.secure(spec -> spec.sslContext(tls).handshakeTimeout(Duration.ofSeconds(60)));
    }

    synchronized int port() {
        return port;
    }

    int connections() {
        return connections.size();
    }

    synchronized void open() {
        if (bound == null) {
            DisposableServer now = server.port(port).bindNow();
            bound = now;
            port = now.port();
        }
    }

    synchronized void close() {
        DisposableServer now = bound;
        if (now != null) {
            bound = null;
            now.disposeNow(Duration.ofSeconds(2));
            connections.close();
        }
    }
}
