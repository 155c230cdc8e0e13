package io.wxflux.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Bytes that no codec would write, put on the connection behind the codec's back. */
final class RawAnswers {

    static final byte[] STATUS_ZERO =
            latin("HTTP/1.1 0 -\r\nConnection: close\r\nContent-Type: text/javascript\r\n\r\n\0\2\b\0\0");

    private final Channel channel;

    RawAnswers(Channel channel) {
        this.channel = channel;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] informational(int code) {
        return latin("HTTP/1.1 " + code + " Early\r\nX-Note: nothing yet\r\n\r\n");
    }

    private static byte[] head(Reply reply, int length, String more) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + reply.status() + " OK\r\nContent-Type: "
                + reply.contentType() + "\r\nContent-Length: " + length + "\r\n" + more);
        reply.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        reply.setCookies().forEach(cookie -> text.append("Set-Cookie: " + cookie + "\r\n"));
        return latin(text.append("\r\n").toString());
    }

    static byte[] halfOf(Reply reply) {
        return join(head(reply, reply.body().length, ""), Arrays.copyOf(reply.body(), reply.body().length / 2));
    }

    static byte[] truncatedGzip(Reply reply) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(reply.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] cut = Arrays.copyOf(packed.toByteArray(), Math.max(1, packed.size() - 12));
        return join(head(reply, cut.length, "Content-Encoding: gzip\r\n"), cut);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Writes, and ends the connection. */
    Mono<Void> write(byte[] bytes) {
        return Mono.fromRunnable(
                        () -> channel.eventLoop().execute(() -> send(bytes).addListener(ChannelFutureListener.CLOSE)))
                .then(Mono.never());
    }

    /** Writes in front of what the codec writes next. */
    Mono<Void> writeAndGoOn(byte[] bytes) {
        return Mono.create(sink -> channel.eventLoop().execute(() -> {
            send(bytes);
            sink.success();
        }));
    }

    private ChannelFuture send(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        ChannelHandlerContext codec = channel.pipeline().context(HttpServerCodec.class);
        return codec == null ? channel.writeAndFlush(buffer) : codec.writeAndFlush(buffer);
    }

    /** Writes drop by drop, and ends the connection. */
    Mono<Void> drip(Reply reply, Fault.Drip how, Scheduler timer) {
        byte[] head = head(reply, reply.body().length, "");
        byte[] slow = how.head() ? head : reply.body();
        byte[] before = how.head() ? new byte[0] : head;
        byte[] after = how.head() ? reply.body() : new byte[0];
        int drops = (slow.length + how.bytes() - 1) / how.bytes();
        return writeAndGoOn(before)
                .thenMany(Flux.interval(how.gap(), timer)
                        .onBackpressureBuffer()
                        .take(drops)
                        .takeWhile(unused -> channel.isActive())
                        .concatMap(drop -> {
                            int from = (int) (drop * how.bytes());
                            return writeAndGoOn(
                                    Arrays.copyOfRange(slow, from, Math.min(slow.length, from + how.bytes())));
                        }))
                .then(Mono.defer(() -> write(after)));
    }

    Mono<Void> reset() {
        return Mono.fromRunnable(() -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.close();
                })
                .then(Mono.never());
    }
}
