package io.wxflux.simulator;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Takes every request: reads it whole, tells the host and the account, lets it be answered or go wrong. */
final class FrontDoor {

    private static final int BODY_LIMIT = 1 << 20;

    /** The first part of a body, and whether there was more of it. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooLong;

        void add(byte[] more) {
            int room = Math.min(more.length, BODY_LIMIT - bytes.size());
            bytes.write(more, 0, room);
            tooLong |= room < more.length;
        }
    }

    private final Service service;
    private final Router router;

    FrontDoor(Service service, Router router) {
        this.service = service;
        this.router = router;
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (request.method().name().equals("GET")) {
            return serve(request, response, new Body());
        }
        return request.receive()
                .asByteArray()
                .collect(Body::new, Body::add)
                .flatMap(body -> serve(request, response, body));
    }

    private Mono<Void> serve(HttpServerRequest raw, HttpServerResponse response, Body body) {
        Channel[] found = new Channel[1];
        raw.withConnection(connection -> found[0] = connection.channel());
        Channel channel = found[0];
        SimRequest request = read(raw, body, channel);
        service.traffic().request(request.host());
        Answers answers = new Answers(response, channel, service);
        Session session = sessionOf(request);
        SimAccount account = session == null ? service.accountOf(request.cookie("wxuin")) : session.account();
        checkSni(channel, request, account);
        Endpoint endpoint = router.find(request.path());
        if (endpoint == null) {
            service.violations()
                    .count(
                            Violation.Kind.UNKNOWN_PATH,
                            account == null ? "" : account.name(),
                            request.method() + " " + request.path());
            return answers.send(Reply.html(404, "not here"));
        }
        service.traffic().call(request.call());
        int limited = account == null ? 0 : service.limits().refusal(account.name(), request.call(), service.millis());
        if (limited != 0) {
            return answers.send(request.call().equals("synccheck") ? Reply.syncCheck(limited, 0) : Reply.ret(limited));
        }
        Fault fault = service.faults().next(request.host(), request.call(), account == null ? "" : account.name());
        // Timers and scenarios answer held requests from their own threads; the connection is written to from its own.
        Mono<Reply> reply =
                Mono.defer(() -> endpoint.answer(request)).publishOn(Schedulers.fromExecutor(channel.eventLoop()));
        if (fault == null) {
            return reply.flatMap(answers::send);
        }
        if (fault.takesEffect()) {
            return reply.flatMap(whole -> answers.damaged(whole, fault, session, request));
        }
        return answers.instead(fault, session, request);
    }

    /** The session a request belongs to by its own word; whether that is right is the endpoint's business. */
    private @Nullable Session sessionOf(SimRequest request) {
        String sid = request.query("sid");
        if (sid.isEmpty()) {
            sid = Json.text(request.json().path("BaseRequest").path("Sid"));
        }
        return service.session(sid.isEmpty() ? request.cookie("wxsid") : sid).orElse(null);
    }

    private SimRequest read(HttpServerRequest raw, Body body, Channel channel) {
        String host = raw.requestHeaders().get("Host", "").toLowerCase(Locale.ROOT);
        int colon = host.lastIndexOf(':');
        QueryStringDecoder uri = new QueryStringDecoder(raw.uri());
        Map<String, List<String>> cookies = new HashMap<>();
        for (String header : raw.requestHeaders().getAll("Cookie")) {
            for (Cookie cookie : ServerCookieDecoder.LAX.decodeAll(header)) {
                cookies.computeIfAbsent(cookie.name(), unused -> new ArrayList<>(1))
                        .add(cookie.value());
            }
        }
        return new SimRequest(
                raw.method().name(),
                colon < 0 ? host : host.substring(0, colon),
                uri.path(),
                uri.parameters(),
                cookies,
                raw.requestHeaders(),
                body.bytes.toByteArray(),
                body.tooLong,
                channel);
    }

    /** The name asked for in the TLS handshake has to be the one in the Host header. */
    private void checkSni(Channel channel, SimRequest request, @Nullable SimAccount account) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        SSLSession session = tls == null ? null : tls.engine().getSession();
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                String asked = name instanceof SNIHostName host ? host.getAsciiName() : "";
                if (!asked.equalsIgnoreCase(request.host())) {
                    service.violations()
                            .count(
                                    Violation.Kind.WRONG_HOST,
                                    account == null ? "" : account.name(),
                                    "SNI " + asked + " but Host " + request.host());
                }
            }
        }
    }
}
