package io.wxflux.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.wxflux.internal.transport.Flight.StreamHead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer on its way through: kept back until enough of it is there to tell what it is, and then passed on to Reactor
 * Netty, which holds it against the reader's demand. Its pieces are copied, so that none is ever leaked.
 */
final class StreamIntake {
    /** Enough for every kind of file to show what it is. */
    private static final int TELLING = 64;

    private final Flight flight;
    private final int status;
    private final HttpHeaders headers;
    private final long length;
    private final List<byte[]> held = new ArrayList<>();
    private long size;
    private boolean announced;

    private StreamIntake(Flight flight, int status, HttpHeaders headers, long length) {
        this.flight = flight;
        this.status = status;
        this.headers = headers;
        this.length = length;
    }

    static StreamIntake of(Flight flight, int status, HttpHeaders headers, long length) {
        return new StreamIntake(flight, status, headers, length);
    }

    boolean isAnnounced() {
        return announced;
    }

    void take(ChannelHandlerContext ctx, ByteBuf part) throws BrokenAnswer {
        if (!part.isReadable()) {
            return;
        }
        int most = flight.call().maxBody();
        size += part.readableBytes();
        if (size > most) {
            throw BrokenAnswer.tooLarge(most);
        }
        byte[] piece = new byte[part.readableBytes()];
        part.readBytes(piece);
        if (announced) {
            pass(ctx, piece);
        } else {
            held.add(piece);
        }
    }

    /** @return whether Reactor Netty has it now, and reads on as it likes */
    boolean announceWhenReady(ChannelHandlerContext ctx) {
        if (!announced && size >= TELLING) {
            announce(ctx);
        }
        return announced;
    }

    void announce(ChannelHandlerContext ctx) {
        if (announced) {
            return;
        }
        announced = true;
        flight.announced(new StreamHead(
                status,
                headers.get(HttpHeaderNames.CONTENT_TYPE, ""),
                length,
                headers.get(HttpHeaderNames.CONTENT_RANGE, ""),
                // Sent as raw UTF-8; Netty gives a character for each byte.
                new String(
                        headers.get(HttpHeaderNames.CONTENT_DISPOSITION, "").getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8),
                first()));
        StreamWatch watch = flight.watch();
        if (watch != null) {
            watch.announced();
        }
        HttpResponse blank = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        blank.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        ctx.fireChannelRead(blank);
        held.forEach(piece -> pass(ctx, piece));
        held.clear();
    }

    private byte[] first() {
        var bytes = new ByteArrayOutputStream(HttpStream.FIRST);
        for (byte[] piece : held) {
            bytes.write(piece, 0, Math.min(piece.length, HttpStream.FIRST - bytes.size()));
        }
        return bytes.toByteArray();
    }

    private static void pass(ChannelHandlerContext ctx, byte[] piece) {
        ctx.fireChannelRead(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }
}
