package io.wxflux.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Field;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One call under way: what goes out, how far it is, and what came of it. Everything secret of a call is in here and in the
 * channel's handler, and in nothing that Reactor Netty sees.
 */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.http");

    enum Phase {
        WAITING("waiting for a connection"),
        SENT("waiting for the answer"),
        ANSWERING("reading the answer");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final HttpCall call;
    private final Rfc6265CookieJar jar;
    private final String userAgent;
    private final long started = System.nanoTime();
    private volatile Phase phase = Phase.WAITING;
    private volatile boolean abandoned;
    private final Sinks.Empty<Void> landed = Sinks.unsafe().empty();
    private @Nullable HttpAnswer answer;
    private @Nullable HostUnreachableException failure;

    Flight(HttpCall call, Rfc6265CookieJar jar, String userAgent) {
        this.call = call;
        this.jar = jar;
        this.userAgent = userAgent;
    }

    HttpCall call() {
        return call;
    }

    /** Nobody waits for it any more: it must not be sent when a connection comes free late. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    FullHttpRequest request() {
        phase = Phase.SENT;
        byte[] bytes = call.body();
        ByteBuf body = bytes == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
        // Checked by CallCheck already; Netty's own check stays on as the second lock.
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, call.host());
        headers.set(HttpHeaderNames.USER_AGENT, userAgent);
        headers.set(HttpHeaderNames.ACCEPT, "application/json, text/plain, */*");
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
        if (call.lane() == Lane.LOGIN) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        for (Field header : call.headers()) {
            headers.set(header.name(), header.value());
        }
        if (bytes != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, call.contentType());
        }
        if (bytes != null || call.method().equals("POST")) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        String cookies = jar.header(call.host(), call.path());
        if (!cookies.isEmpty()) {
            headers.set(HttpHeaderNames.COOKIE, cookies);
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(call.method()),
                PercentEncoding.target(call.path(), call.query()),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** Cookies count as soon as the head is there: the server has changed them, whatever becomes of the body. */
    void takeCookies(List<String> setCookie, @Nullable String date) {
        phase = Phase.ANSWERING;
        jar.store(call.host(), call.path(), setCookie, date);
    }

    void answered(HttpAnswer whole) {
        answer = whole;
    }

    void failed(String words) {
        failure = Failures.of(call, words);
    }

    /** The connection is back in its pool, or closed. */
    void land() {
        // Cannot fail: once per flight, on the channel's event loop.
        landed.tryEmitEmpty();
    }

    /**
     * What came of it, told only after landing: who calls again at once must find this connection free and not open a
     * second one.
     */
    Mono<HttpAnswer> outcome() {
        return landed.asMono().then(Mono.defer(this::result));
    }

    private Mono<HttpAnswer> result() {
        if (failure != null) {
            return Mono.error(failure);
        }
        if (answer != null) {
            return Mono.just(answer);
        }
        return Mono.error(Failures.of(call, "it closed the connection before the answer was complete"));
    }

    HostUnreachableException explain(Throwable error) {
        return failure != null ? failure : Failures.of(call, error);
    }

    HostUnreachableException late() {
        return Failures.of(
                call, "no complete answer within " + call.deadline().toMillis() + " ms, while " + phase.words);
    }

    void log(@Nullable HttpAnswer whole, @Nullable Throwable error) {
        if (LOG.isDebugEnabled()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (whole != null) {
                LOG.debug(
                        "{} {} {}{} {} {} bytes {} ms",
                        call.operation(),
                        call.method(),
                        call.host(),
                        shown(call.path()),
                        whole.status(),
                        whole.body().length,
                        millis);
            } else {
                LOG.debug(
                        "{} {} {}{} failed after {} ms: {}",
                        call.operation(),
                        call.method(),
                        call.host(),
                        shown(call.path()),
                        millis,
                        error == null ? "cancelled" : error.getMessage());
            }
        }
    }

    /** The QR code's paths end with its uuid, with which anybody could answer in the owner's place. */
    private static String shown(String path) {
        if (path.startsWith("/cgi-bin/") || path.equals("/jslogin")) {
            return path;
        }
        int slash = path.indexOf('/', 1);
        return slash < 0 ? "/***" : path.substring(0, slash) + "/***";
    }

    @Override
    public String toString() {
        return "Flight[" + call + "]";
    }
}
