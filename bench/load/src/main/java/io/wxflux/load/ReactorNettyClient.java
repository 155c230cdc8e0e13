package io.wxflux.load;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** A long-poll loop of Reactor Netty and nothing around it: no deadline, no breaker, no journal, one pool for all. */
final class ReactorNettyClient implements Client {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ClientConfig config;
    private final Meter meter;
    private final BareNetwork network;
    private final ConnectionProvider pool;
    private final HttpClient http;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private volatile String problem = "";
    private @Nullable Disposable running;

    ReactorNettyClient(ClientConfig config, Meter meter) {
        this.config = config;
        this.meter = meter;
        network = new BareNetwork(config);
        pool = ConnectionProvider.builder("bare")
                .maxConnections(Math.max(500, config.accounts()))
                .pendingAcquireMaxCount(-1)
                .build();
        http = network.client(pool);
    }

    @Override
    public void start() {
        running = BareLogin.sessions(network, config.accounts(), config.logins())
                .flatMap(this::poll, config.accounts(), 1)
                .subscribe(nothing -> {}, this::failed);
    }

    private Mono<Void> poll(WebSession session) {
        ready.incrementAndGet();
        HttpClient push = http.baseUrl("https://" + session.push())
                .headers(h -> h.set(HttpHeaderNames.COOKIE, session.pushCookie()));
        HttpClient api = http.baseUrl("https://" + session.home())
                .headers(h -> h.set(HttpHeaderNames.COOKIE, session.apiCookie())
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8"));
        Mono<String> check = Mono.defer(
                () -> push.get().uri(session.checkPath()).responseSingle((response, body) -> body.asString()));
        Mono<SyncAnswer> sync = Mono.defer(() -> api.post()
                .uri(session.syncPath())
                .send(ByteBufFlux.fromString(Mono.just(session.syncBody())))
                .responseSingle((response, body) -> body.asByteArray())
                .map(meter::read)
                .doOnNext(answer -> accept(session, answer)));
        Mono<SyncAnswer> drained =
                sync.expand(answer -> answer.more() ? sync : Mono.empty()).last();
        return check.flatMap(text -> hasNews(text) ? drained : Mono.empty())
                .doOnError(this::failed)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE))
                .repeat()
                .then();
    }

    private static void accept(WebSession session, SyncAnswer answer) {
        if (answer.ret() != 0) {
            throw new LoadFailed("webwxsync was answered with Ret " + answer.ret());
        }
        session.advance(answer);
    }

    /** Whether synccheck says that something waits. */
    static boolean hasNews(String text) {
        if (!text.contains("retcode:\"0\"")) {
            throw new LoadFailed("synccheck was answered with " + text.substring(0, Math.min(60, text.length())));
        }
        return !text.contains("selector:\"0\"");
    }

    private void failed(Throwable error) {
        failures.incrementAndGet();
        problem = String.valueOf(error);
    }

    @Override
    public int ready() {
        return ready.get();
    }

    @Override
    public long failures() {
        return failures.get();
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        if (running != null) {
            running.dispose();
        }
        pool.dispose();
        network.close();
    }
}
