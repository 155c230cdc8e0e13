package io.wxflux.load;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Signs the accounts of the bare clients in, on connections of its own that are closed afterwards. */
final class BareLogin {
    private static final String LOGIN = "https://login.wx.qq.com";
    private static final String CODE = "window.code=200";

    private final HttpClient http;
    private final ConnectionProvider pool;

    private BareLogin(BareNetwork network, int connections) {
        pool = ConnectionProvider.create("login", connections);
        http = network.client(pool);
    }

    /** Sessions as they are opened; the connections of the login are closed at the end. */
    static Flux<WebSession> sessions(BareNetwork network, int accounts, int atOnce) {
        return Flux.using(
                () -> new BareLogin(network, atOnce),
                login -> Flux.range(0, accounts).flatMap(each -> login.open(), atOnce, 1),
                login -> login.pool.dispose());
    }

    private Mono<WebSession> open() {
        var session = new WebSession();
        return get(session, LOGIN + "/jslogin?appid=wx782c26e4c19acffb&fun=new&lang=zh_CN&_=" + WebSession.nextStamp())
                .map(page -> WebSession.between(page, "QRLogin.uuid = \"", "\""))
                .flatMap(uuid -> get(session, pollUrl(uuid))
                        .repeat()
                        .filter(page -> page.contains(CODE))
                        .next()
                        .timeout(Duration.ofMinutes(2)))
                .map(page -> WebSession.between(page, "redirect_uri=\"", "\""))
                .flatMap(redirect -> get(session, redirect + "&fun=new&version=v2")
                        .doOnNext(page -> session.signedIn(WebSession.between(redirect, "https://", "/"), page)))
                .then(Mono.defer(() -> init(session)))
                .thenReturn(session);
    }

    private static String pollUrl(String uuid) {
        return LOGIN + "/cgi-bin/mmwebwx-bin/login?loginicon=true&uuid=" + uuid + "&tip=0&r="
                + ~(int) System.currentTimeMillis() + "&_=" + WebSession.nextStamp();
    }

    private Mono<String> get(WebSession session, String url) {
        return http.get()
                .uri(url)
                .responseSingle((response, body) ->
                        body.asString().defaultIfEmpty("").doOnNext(text -> keep(session, response)));
    }

    private static void keep(WebSession session, HttpClientResponse response) {
        response.responseHeaders().getAll(HttpHeaderNames.SET_COOKIE).forEach(session::keep);
    }

    private Mono<SyncAnswer> init(WebSession session) {
        return http.headers(headers -> headers.set(HttpHeaderNames.COOKIE, session.apiCookie())
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8"))
                .post()
                .uri("https://" + session.home() + session.initPath())
                .send(ByteBufFlux.fromString(Mono.just("{" + session.baseRequest() + "}")))
                .responseSingle((response, body) -> body.asByteArray())
                .map(body -> SyncAnswer.read(body, stamp -> {}))
                .doOnNext(answer -> {
                    if (answer.ret() != 0 || answer.syncKey().isEmpty()) {
                        throw new LoadFailed("webwxinit was answered with Ret " + answer.ret());
                    }
                    session.advance(answer);
                });
    }
}
