package io.wxflux.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

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
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;

/**
 * One call under way: what goes out, how far it is, and what came of it. Everything secret of a call is in here and in the
 * channel's handler, and in nothing that Reactor Netty sees.
 */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.http");

    /** For the log only. */
    static final Throwable CANCELLED = new BrokenAnswer("cancelled");

    private enum Phase {
        WAITING("waiting for a connection"),
        GIVEN_UP("waiting for a connection"),
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
    private final @Nullable StreamWatch watch;
    private final Runnable departed;
    private final long started = System.nanoTime();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final Sinks.Empty<Void> landed = Sinks.unsafe().empty();
    private @Nullable HttpAnswer answer;
    private @Nullable StreamHead opened;
    private volatile @Nullable HostUnreachableException failure;

    /** What is known of an answer before its end. */
    record StreamHead(
            int status,
            String contentType,
            long length,
            String contentRange,
            String contentDisposition,
            byte[] first) {}

    /**
     * @param watch of an answer that is handed over bit by bit; null for one that is handed over whole
     * @param departed run when the request leaves
     */
    Flight(HttpCall call, Rfc6265CookieJar jar, String userAgent, @Nullable StreamWatch watch, Runnable departed) {
        this.call = call;
        this.jar = jar;
        this.userAgent = userAgent;
        this.watch = watch;
        this.departed = departed;
    }

    HttpCall call() {
        return call;
    }

    /** Null when the answer is handed over whole. */
    @Nullable
    StreamWatch watch() {
        return watch;
    }

    /**
     * Nobody waits for it any more: it must not be sent when a connection comes free late.
     *
     * @return whether it is certain by now that it never left and never will
     */
    boolean abandon() {
        return phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP) || phase.get() == Phase.GIVEN_UP;
    }

    boolean isAbandoned() {
        return phase.get() == Phase.GIVEN_UP;
    }

    /** The point of no return; false when it was given up before. */
    boolean depart() {
        boolean leaves = phase.compareAndSet(Phase.WAITING, Phase.SENT);
        if (leaves) {
            departed.run();
        }
        return leaves;
    }

    FullHttpRequest request() {
        byte[] bytes = call.body();
        ByteBuf body = bytes == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
        // Checked by CallCheck already; Netty's own check stays on as the second lock.
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, call.host());
        headers.set(HttpHeaderNames.USER_AGENT, userAgent);
        headers.set(HttpHeaderNames.ACCEPT, watch == null ? "application/json, text/plain, */*" : "*/*");
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, watch == null ? HttpHeaderValues.GZIP : HttpHeaderValues.IDENTITY);
        if (call.lane().isOnce()) {
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
        String cookies = isPublic() ? "" : jar.header(call.host(), call.path());
        if (!cookies.isEmpty()) {
            headers.set(HttpHeaderNames.COOKIE, cookies);
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(call.method()),
                PercentEncoding.target(call.path(), call.query(), isPublic() ? ISO_8859_1 : UTF_8),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** Cookies count as soon as the head is there: the server has changed them, whatever becomes of the body. */
    void takeCookies(List<String> setCookie, @Nullable String date) {
        phase.set(Phase.ANSWERING);
        if (!isPublic()) {
            jar.store(call.host(), call.path(), setCookie, date);
        }
    }

    private boolean isPublic() {
        return call.lane() == Lane.PUBLIC;
    }

    void answered(HttpAnswer whole) {
        answer = whole;
    }

    void failed(String words) {
        failure = Failures.of(call, words);
    }

    void announced(StreamHead head) {
        opened = head;
    }

    /** As soon as the answer has begun: what of it is handed over. */
    Mono<HttpStream> opened(Connection connection) {
        StreamHead head = opened;
        StreamWatch watched = watch;
        if (head == null || watched == null) {
            connection.dispose();
            return result().then(Mono.empty());
        }
        AtomicLong count = new AtomicLong();
        Flux<ByteBuffer> body = connection
                .inbound()
                .receive()
                .map(piece -> {
                    // Each is an array of its own, see ExchangeHandler: it outlives the release that follows.
                    count.addAndGet(piece.readableBytes());
                    return piece.nioBuffer();
                })
                .onErrorMap(this::explain)
                .doOnSubscribe(subscription -> watched.claim())
                .doOnComplete(() -> log(head.status(), count.get(), null))
                .doOnError(error -> log(head.status(), count.get(), error))
                .doOnCancel(() -> log(head.status(), count.get(), CANCELLED));
        return Mono.just(new HttpStream(
                head.status(),
                head.contentType(),
                head.length(),
                head.contentRange(),
                head.contentDisposition(),
                head.first(),
                body,
                connection::dispose));
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
        HostUnreachableException known = failure;
        if (known != null) {
            return Mono.error(known);
        }
        HttpAnswer whole = answer;
        if (whole != null) {
            // An idle connection still knows its last flight: nobody needs the body there.
            answer = null;
            return Mono.just(whole);
        }
        return Mono.error(Failures.of(call, "it closed the connection before the answer was complete"));
    }

    HostUnreachableException explain(Throwable error) {
        HostUnreachableException known = failure;
        if (known != null) {
            return known;
        }
        if (error instanceof HostUnreachableException ours) {
            return ours;
        }
        String words = Failures.words(error);
        return abandon() ? Failures.neverSent(call, words) : Failures.of(call, words);
    }

    HostUnreachableException late() {
        boolean neverSent = abandon();
        String words = "no complete answer within " + call.deadline().toMillis() + " ms, while "
                + requireNonNull(phase.get()).words;
        return neverSent ? Failures.neverSent(call, words) : Failures.of(call, words);
    }

    /** @param error null when it went well */
    void log(int status, long bytes, @Nullable Throwable error) {
        if (LOG.isDebugEnabled()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (error == null) {
                LOG.debug(
                        "{} {} {}{} {} {} bytes {} ms",
                        call.operation(),
                        call.method(),
                        call.host(),
                        shown(call.path()),
                        status,
                        bytes,
                        millis);
            } else {
                LOG.debug(
                        "{} {} {}{} failed after {} bytes, {} ms: {}",
                        call.operation(),
                        call.method(),
                        call.host(),
                        shown(call.path()),
                        bytes,
                        millis,
                        error.getMessage());
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
