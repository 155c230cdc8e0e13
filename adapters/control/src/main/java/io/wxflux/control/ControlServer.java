package io.wxflux.control;

import io.wxflux.Engine;
import io.wxflux.error.ConfigurationException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.options.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A control endpoint that listens, on 127.0.0.1 only. Whoever has the token in {@code control.json} may do with the
 * accounts whatever the library can.
 *
 * <p>There is no Unix socket: Reactor Netty needs native transports for one, and the JDK's own HTTP client cannot use it.
 */
public final class ControlServer {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.control");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TOKEN_BYTES = 32;
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration HEADERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Path state;
    private final ControlFile file;
    private final DisposableServer server;
    private final LoopResources loop;
    private final Set<Connection> connections;
    private final RecentMessages recent;
    private final Disposable watching;

    private ControlServer(
            Path state,
            ControlFile file,
            DisposableServer server,
            LoopResources loop,
            Set<Connection> connections,
            RecentMessages recent,
            Disposable watching) {
        this.state = state;
        this.file = file;
        this.server = server;
        this.loop = loop;
        this.connections = connections;
        this.recent = recent;
        this.watching = watching;
    }

    /**
     * Listens, and writes {@code control.json}. The state directory must be the engine's own by now: another engine's
     * file would be overwritten.
     *
     * <p><b>Emits</b> the endpoint once it can be used. <b>Errors</b> {@link ConfigurationException} when the port is
     * taken, {@link StoreUnavailableException} when the file cannot be written. <b>Cancellation</b> before it is there
     * gives up. <b>Threads</b> one of its own.
     */
    public static Mono<ControlServer> start(Engine engine, ControlOptions options) {
        return Mono.defer(() -> {
            LoopResources loop = LoopResources.create("wxflux-control", 1, true);
            Set<Connection> connections = ConcurrentHashMap.newKeySet();
            Secret token = token();
            RecentMessages recent = new RecentMessages();
            Uploads uploads = new Uploads(options.state());
            Routes routes = new Routes(engine, recent, uploads, options.summary());
            FrontDoor door = new FrontDoor(new Guard(token, Clock.systemUTC()), routes.all());
            return HttpServer.create()
                    .host(LOOPBACK)
                    .port(options.port())
                    .runOn(loop, false)
                    .idleTimeout(IDLE)
                    .readTimeout(HEADERS_WITHIN)
                    // Callers come and go: connections that wait for their next request would use up the places.
                    .maxKeepAliveRequests(1)
                    .httpRequestDecoder(decoder -> decoder.maxHeaderSize(16 << 10)
                            .maxInitialLineLength(8 << 10)
                            .validateHeaders(true))
                    .doOnConnection(connection -> admit(connection, connections))
                    .handle(door::handle)
                    .bind()
                    .cast(DisposableServer.class)
                    .onErrorMap(error -> taken(options.port(), error))
                    .flatMap(server -> {
                        ControlFile file = new ControlFile(
                                server.port(), token, ProcessHandle.current().pid());
                        return blocking(() -> {
                                    uploads.clear();
                                    file.write(options.state());
                                    return file;
                                })
                                .doOnError(error -> server.dispose())
                                .map(written -> new ControlServer(
                                        options.state(),
                                        file,
                                        server,
                                        loop,
                                        connections,
                                        recent,
                                        recent.watch(engine.events())));
                    })
                    .doOnError(error -> loop.dispose())
                    .doOnNext(ready -> LOG.info("control endpoint on {}:{}", LOOPBACK, ready.port()));
        });
    }

    public int port() {
        return file.port();
    }

    /** Closes what is open and takes {@code control.json} away. Completes when both is done; never fails. */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
                    watching.dispose();
                    server.dispose();
                    connections.forEach(Connection::dispose);
                    recent.clear();
                    return blocking(() -> {
                        file.remove(state);
                        return state;
                    });
                })
                .doOnError(error -> LOG.warn("control.json stays behind: {}", error.toString()))
                .onErrorComplete()
                .then(loop.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).onErrorComplete());
    }

    private static void admit(Connection connection, Set<Connection> connections) {
        if (connections.size() >= MOST_CONNECTIONS) {
            connection.dispose();
            return;
        }
        connections.add(connection);
        connection.onDispose(() -> connections.remove(connection));
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(
                        IOException.class,
                        error -> new StoreUnavailableException("control.json cannot be written: " + error, error));
    }

    private static Throwable taken(int port, Throwable error) {
        String reason = error.getMessage() == null ? error.toString() : error.getMessage();
        return new ConfigurationException(
                "control.port: nobody can listen on " + LOOPBACK + ":" + port + " now (" + reason
                        + "); choose another port, or leave it out for a free one",
                error);
    }

    private static Secret token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.of(HexFormat.of().formatHex(random));
    }
}
