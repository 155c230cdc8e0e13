package io.wxflux;

import io.wxflux.internal.protocol.Stamps;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.internal.transport.JarProbe;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * A way to the {@link ModelServer} with the real cookie jar, as a browser has it. The session's cookie lives for 12 hours
 * and is renewed by webwxsync only; whoever comes without it hears 1102. Answers reach a machine that sleeps when it
 * wakes, unless the connections were cut meanwhile: then never.
 */
final class BrowserNetwork implements Network {
    static final Duration LIFE = Duration.ofHours(12);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.US)
            .withZone(ZoneOffset.UTC);

    private final ModelServer server;
    private final SettableClock clock;
    private final Rfc6265CookieJar jar;
    private int connections;

    BrowserNetwork(ModelServer server, SettableClock clock) {
        this.server = server;
        this.clock = clock;
        this.jar = new Rfc6265CookieJar(() -> clock.now(TimeUnit.MILLISECONDS), () -> Stamps.steady(clock));
    }

    /** No answer to what was asked before arrives any more. */
    void cut() {
        connections++;
    }

    String cookies(String host) {
        return JarProbe.header(jar, host, "/");
    }

    @Override
    public Exchange open(AccountId account) {
        var known = new MemoryCookies();
        return new Exchange() {
            @Override
            public Mono<HttpAnswer> exchange(HttpCall call) {
                return Mono.defer(() -> {
                    int connection = connections;
                    server.log(account, call);
                    return answer(account, call, known)
                            .publishOn(clock)
                            .flatMap(answer -> connection == connections ? Mono.just(answer) : Mono.never())
                            .doOnNext(answer -> JarProbe.store(jar, call.host(), "/", set(call), date()));
                });
            }

            @Override
            public Mono<HttpStream> stream(HttpCall call, Duration idle) {
                return exchange(call).map(WireText::streamed);
            }

            @Override
            public CookieJar cookies() {
                return jar;
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
    }

    private Mono<HttpAnswer> answer(AccountId account, HttpCall call, MemoryCookies known) {
        boolean knownToServer = cookies(call.host()).contains("wxsid=");
        return switch (call.operation()) {
            case "synccheck" ->
                knownToServer
                        ? server.account(account.value()).answer(call, known)
                        : Mono.just(WireText.ok(WireText.check(1102, 0)));
            case "webwxsync" ->
                knownToServer
                        ? server.account(account.value()).answer(call, known)
                        : Mono.just(WireText.ok(WireText.ret(1102)));
            default -> server.account(account.value()).answer(call, known);
        };
    }

    private List<String> set(HttpCall call) {
        return switch (call.operation()) {
            case "webwxnewloginpage", "webwxsync" ->
                List.of("wxsid=made-up; Domain=qq.com; Path=/; Secure; Expires="
                        + HTTP_DATE.format(serverTime().plus(LIFE)));
            default -> List.of();
        };
    }

    private String date() {
        return HTTP_DATE.format(serverTime());
    }

    private Instant serverTime() {
        return Instant.ofEpochMilli(server.now());
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
