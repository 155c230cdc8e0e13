package io.wxflux.internal.transport;

import io.wxflux.internal.transport.HttpCall.Lane;
import io.wxflux.options.HttpOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An account's exchange against a raw server that stands for every host of web WeChat. */
abstract class ExchangeFixture {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String HOST = "wx.qq.com";
    static final String PATH = "/cgi-bin/mmwebwx-bin/test";

    @TempDir
    Path directory;

    final Scheduler timer = Schedulers.newSingle("test-timer", true);
    final Rfc6265CookieJar jar = Rfc6265CookieJar.empty();
    RawServer server;
    Connections connections;
    Exchange exchange;
    private RawServer.Script script = (request, client) -> client.ok("ok");

    @BeforeEach
    void open() throws Exception {
        server = new RawServer(TestAuthority.WEB_WECHAT, new RawServer.Script() {
            @Override
            public void on(RawServer.Request request, RawServer.Client client) throws Exception {
                script.on(request, client);
            }

            @Override
            public void greet(int connection, RawServer.Client client) {
                script.greet(connection, client);
            }
        });
        connections = Connections.open(options(), timer);
        exchange = connections.exchange(jar);
    }

    @AfterEach
    void close() {
        exchange.close().block(PATIENCE);
        connections.close().block(PATIENCE);
        server.close();
        timer.dispose();
    }

    HttpOptions options() throws Exception {
        return HttpOptions.defaults()
                .withTrust(TestAuthority.TRUSTED.pem(directory))
                .withConnectTo(server.address());
    }

    void server(RawServer.Script next) {
        script = next;
    }

    HttpAnswer get() {
        return send(call());
    }

    HttpAnswer send(HttpCall call) {
        return Objects.requireNonNull(exchange.exchange(call).block(PATIENCE));
    }

    static HttpCall call() {
        return call(Duration.ofSeconds(8), 1 << 20);
    }

    static HttpCall call(Duration deadline, int most) {
        return HttpCall.get("test", HOST, PATH).on(Lane.COMMAND, deadline, most);
    }

    static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** Waits for something that happens elsewhere. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            Assertions.assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
