package io.wxflux.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Writes the answer to one request, whole or damaged. */
final class Answers {

    private static final byte[] STATUS_ZERO =
            "HTTP/1.1 0 -\r\nConnection: close\r\nContent-Type: text/javascript\r\n\r\n\0\2\b\0\0"
                    .getBytes(StandardCharsets.ISO_8859_1);
    private static final String PAGE = "<html><head><title>Service unavailable</title></head><body>维护中</body></html>";

    private final HttpServerResponse response;
    private final Channel channel;
    private final Service service;

    Answers(HttpServerResponse response, Channel channel, Service service) {
        this.response = response;
        this.channel = channel;
        this.service = service;
    }

    Mono<Void> send(Reply reply) {
        response.status(reply.status());
        response.header("Content-Type", reply.contentType());
        response.header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        service.settings().clock().instant().atOffset(ZoneOffset.UTC)));
        response.header("Cache-Control", "no-cache, must-revalidate");
        reply.headers().forEach(response::header);
        reply.setCookies().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
        response.header("Content-Length", Long.toString(reply.length()));
        Reply.Part part = reply.part();
        return response.sendByteArray(
                        part == null ? Mono.just(reply.body()) : part.content().bytes(part.from(), part.to()))
                .then();
    }

    /** The call was not carried out. */
    Mono<Void> instead(Fault fault, @Nullable Session session, SimRequest request) {
        note(session, request);
        if (fault instanceof Fault.Page page) {
            return send(Reply.html(page.code(), PAGE));
        } else if (fault instanceof Fault.EmptyBody) {
            return send(Reply.of(200, "text/plain", new byte[0]));
        } else if (fault instanceof Fault.Retcode wrong) {
            return send(
                    request.call().equals("synccheck")
                            ? Reply.syncCheck(wrong.code(), wrong.selector())
                            : Reply.ret(wrong.code()));
        } else if (fault instanceof Fault.StatusZero) {
            return raw(STATUS_ZERO);
        } else if (fault instanceof Fault.Reset) {
            return reset();
        }
        stillOpen(session, request);
        return Mono.never();
    }

    /** A call of the cycle that gets no answer for now counts as open; the result ends that. */
    private Runnable stillOpen(@Nullable Session session, SimRequest request) {
        boolean ofTheCycle =
                request.call().equals("synccheck") || request.call().equals("webwxsync");
        if (session == null || !ofTheCycle) {
            return () -> {};
        }
        Exchange exchange = new Exchange(request.call(), channel);
        Runnable end = () -> {
            synchronized (session.account()) {
                exchange.answered();
                session.conduct().end(exchange);
            }
        };
        synchronized (session.account()) {
            session.conduct().begin(exchange);
        }
        exchange.onAbandon(end);
        return end;
    }

    /** The call was carried out; something happens to its answer. */
    Mono<Void> damaged(Reply reply, Fault fault, @Nullable Session session, SimRequest request) {
        note(session, request);
        if (fault instanceof Fault.Late late) {
            Runnable end = stillOpen(session, request);
            return Mono.delay(late.by(), service.scheduler()).then(Mono.defer(() -> {
                end.run();
                return send(reply);
            }));
        } else if (fault instanceof Fault.CutAnswer) {
            return raw(halfOf(reply));
        }
        return reset();
    }

    private static void note(@Nullable Session session, SimRequest request) {
        if (session != null && session.isAlive()) {
            synchronized (session.account()) {
                if (request.call().equals("synccheck")) {
                    session.conduct().pollWentWrong();
                } else {
                    session.conduct().syncHasCause();
                }
            }
        }
    }

    private static byte[] halfOf(Reply reply) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: " + reply.contentType() + "\r\nContent-Length: "
                        + reply.body().length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] half = Arrays.copyOf(head, head.length + reply.body().length / 2);
        System.arraycopy(reply.body(), 0, half, head.length, reply.body().length / 2);
        return half;
    }

    /** Bytes that no codec would write, then the end of the connection. */
    private Mono<Void> raw(byte[] bytes) {
        return Mono.fromRunnable(() -> channel.eventLoop().execute(() -> {
                    ChannelHandlerContext codec = channel.pipeline().context(HttpServerCodec.class);
                    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
                    (codec == null ? channel.writeAndFlush(buffer) : codec.writeAndFlush(buffer))
                            .addListener(ChannelFutureListener.CLOSE);
                }))
                .then(Mono.never());
    }

    private Mono<Void> reset() {
        return Mono.fromRunnable(() -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.close();
                })
                .then(Mono.never());
    }
}
