package io.wxflux.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Stands between the HTTP codec and Reactor Netty and does the exchange itself. Reactor Netty opens, pools and closes
 * connections; of the exchange it sees {@code GET /} going out and an empty answer coming in. So it can neither log a
 * secret, nor take an interim answer for the final one, nor follow, retry or decode anything.
 *
 * <p>A connection is used again only after an answer that was whole, of known length and the only one. Everything else ends
 * it: what follows on such a connection could be given to the wrong request.
 *
 * <p>One per channel; all of it runs on the channel's event loop.
 */
final class ExchangeHandler extends ChannelDuplexHandler {
    static final String NAME = "wxflux.exchange";

    /** "100 Continue" means nothing to us, as we never ask; more than a few of them are an attack. */
    private static final int MOST_CONTINUES = 8;

    private final AnswerCodec codec;
    private @Nullable Flight flight;
    private @Nullable ChannelFuture written;
    private @Nullable Head head;
    private @Nullable StreamIntake intake;
    private boolean whole;
    private boolean extra;
    private boolean skipping;
    private boolean broken;
    private int continues;

    /** @param reusable whether the answer's end is known and the server keeps the connection */
    private record Head(
            int status,
            @Nullable String location,
            String contentType,
            boolean gzip,
            boolean reusable,
            BodyBuffer body) {}

    /** @param codec of the same channel */
    ExchangeHandler(AnswerCodec codec) {
        this.codec = codec;
    }

    /** Gives the channel its next call; Reactor Netty's request that follows is replaced by the call's own. */
    static void begin(Channel channel, Flight next) {
        ExchangeHandler handler = channel.pipeline().get(ExchangeHandler.class);
        if (handler == null || handler.flight != null || next.isAbandoned()) {
            channel.close();
            throw new IllegalStateException("the connection is not free");
        }
        handler.flight = next;
        handler.written = null;
        handler.head = null;
        handler.intake = null;
        handler.whole = false;
        handler.extra = false;
        handler.skipping = false;
        handler.continues = 0;
        StreamWatch watch = next.watch();
        if (watch != null) {
            watch.start(channel, words -> handler.complain(channel, next, words));
        }
    }

    private void complain(Channel channel, Flight about, String words) {
        ChannelHandlerContext ctx = channel.pipeline().context(this);
        if (flight == about && ctx != null) {
            fail(ctx, new BrokenAnswer(words));
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        StreamWatch watch = flight == null ? null : flight.watch();
        if (watch != null) {
            watch.reading();
        }
        ctx.read();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        Flight current = flight;
        ReferenceCountUtil.release(msg);
        if (current == null || !(msg instanceof HttpRequest) || written != null || !current.depart()) {
            promise.setFailure(new ClosedChannelException());
            ctx.close();
            return;
        }
        written = promise;
        ctx.write(current.request(), promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        StreamWatch watch = flight == null ? null : flight.watch();
        if (watch != null) {
            watch.read();
        }
        try {
            if (flight == null) {
                // Nobody asked. Whatever it is, the next request's answer would come after it.
                ctx.close();
            } else {
                take(ctx, (HttpObject) msg);
            }
        } catch (BrokenAnswer e) {
            fail(ctx, e);
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject part) throws BrokenAnswer {
        if (whole) {
            extra = true;
            return;
        }
        if (part.decoderResult().isFailure()) {
            throw new BrokenAnswer(Failures.words(part.decoderResult().cause()));
        }
        if (part instanceof HttpResponse response && !skipping) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                if (response.status().code() != 100 || ++continues > MOST_CONTINUES) {
                    throw new BrokenAnswer(
                            "an interim answer (" + response.status().code() + ") that nobody asked for");
                }
                skipping = true;
            } else {
                takeHead(response);
            }
        }
        if (part instanceof HttpContent content && !whole) {
            takeContent(ctx, content);
        }
    }

    private void takeHead(HttpResponse response) throws BrokenAnswer {
        Flight current = flight;
        if (current == null || head != null) {
            throw new BrokenAnswer("two answers to one request");
        }
        HttpCall call = current.call();
        HttpHeaders headers = response.headers();
        int status = response.status().code();
        current.takeCookies(headers.getAll(HttpHeaderNames.SET_COOKIE), headers.get(HttpHeaderNames.DATE));
        boolean chunked = HttpUtil.isTransferEncodingChunked(response);
        String transfer = only(headers, HttpHeaderNames.TRANSFER_ENCODING);
        if (transfer != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(transfer)) {
            throw new BrokenAnswer("its body has a transfer encoding that nobody asked for");
        }
        String encoding = only(headers, HttpHeaderNames.CONTENT_ENCODING);
        boolean gzip = encoding != null
                && current.watch() == null
                && (HttpHeaderValues.GZIP.contentEqualsIgnoreCase(encoding)
                        || HttpHeaderValues.X_GZIP.contentEqualsIgnoreCase(encoding));
        if (encoding != null && !gzip && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(encoding)) {
            throw new BrokenAnswer("its body has a content encoding that nobody asked for");
        }
        long length = HttpUtil.getContentLength(response, -1L);
        if (length > call.maxBody()) {
            throw BrokenAnswer.tooLarge(call.maxBody());
        }
        boolean framed = chunked || length >= 0 || status == 204 || status == 304;
        boolean ordinary =
                status >= 200 && status < 600 && response.protocolVersion().majorVersion() == 1;
        boolean reusable = framed && ordinary && !call.lane().isOnce() && HttpUtil.isKeepAlive(response);
        if (current.watch() != null) {
            intake = StreamIntake.of(current, status, headers, length);
        }
        head = new Head(
                status,
                headers.get(HttpHeaderNames.LOCATION),
                headers.get(HttpHeaderNames.CONTENT_TYPE, ""),
                gzip,
                reusable,
                new BodyBuffer(call.maxBody(), length));
        // Status 0 says "sync now" (PROTOCOL 18.1). Its body would end with the connection, and there is no use for it.
        whole = status == 0 && !framed;
    }

    /** What says how to read the body may be said once only: of two, somebody between here and there took the other. */
    private static @Nullable String only(HttpHeaders headers, CharSequence name) throws BrokenAnswer {
        List<String> values = headers.getAll(name);
        if (values.size() > 1) {
            throw new BrokenAnswer("it says twice how its body is encoded");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private void takeContent(ChannelHandlerContext ctx, HttpContent content) throws BrokenAnswer {
        boolean last = content instanceof LastHttpContent;
        if (skipping) {
            skipping = !last;
            return;
        }
        Head current = head;
        if (current == null) {
            throw new BrokenAnswer("its answer is not HTTP");
        }
        if (intake != null) {
            intake.take(ctx, content.content());
        } else {
            current.body().append(content.content());
        }
        whole = last;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Only here, after everything that came at once, so that a second answer right behind the first is seen.
        Flight current = flight;
        if (current != null) {
            if (whole) {
                deliver(ctx);
            } else if (intake == null || !intake.announceWhenReady(ctx)) {
                // An answer that is handed over bit by bit is read on when its reader asks for more.
                read(ctx);
            }
        } else if (codec.hasBegun()) {
            // Too few for a message, and yet nobody asked for them.
            ctx.close();
        }
        ctx.fireChannelReadComplete();
    }

    private void deliver(ChannelHandlerContext ctx) {
        Flight current = flight;
        Head answer = head;
        if (current == null || answer == null) {
            return;
        }
        if (intake != null) {
            intake.announce(ctx);
            leave(ctx, current, isReusable(answer));
            return;
        }
        try {
            byte[] body = answer.gzip() && answer.body().size() > 0
                    ? answer.body().gunzipped()
                    : answer.body().plain();
            current.answered(new HttpAnswer(answer.status(), answer.location(), answer.contentType(), body));
            end(ctx, current, isReusable(answer));
        } catch (BrokenAnswer e) {
            fail(ctx, e);
        }
    }

    private boolean isReusable(Head answer) {
        ChannelFuture request = written;
        return answer.reusable() && !extra && !codec.hasBegun() && request != null && request.isSuccess();
    }

    private void fail(ChannelHandlerContext ctx, BrokenAnswer why) {
        Flight current = flight;
        if (current != null) {
            current.failed(why.words());
            if (intake != null && intake.isAnnounced()) {
                // Reactor Netty is amid a body: the end of the connection tells whoever reads it.
                land(current);
            } else {
                end(ctx, current, false);
            }
        }
        ctx.close();
    }

    /** The end of an answer of which Reactor Netty has seen the beginning. */
    private void leave(ChannelHandlerContext ctx, Flight landing, boolean reusable) {
        land(landing);
        if (!reusable) {
            Connection.from(ctx.channel()).markPersistent(false);
        }
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        if (!reusable) {
            ctx.close();
        }
    }

    private void land(Flight landing) {
        StreamWatch watch = landing.watch();
        if (watch != null) {
            watch.stop();
        }
        flight = null;
        head = null;
        intake = null;
        landing.land();
    }

    /** Tells Reactor Netty that its exchange is over; the outcome is in the flight. */
    private void end(ChannelHandlerContext ctx, Flight landing, boolean reusable) {
        flight = null;
        HttpResponse empty = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        empty.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        if (!reusable) {
            empty.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ctx.fireChannelRead(empty);
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        if (!reusable) {
            ctx.close();
        }
        land(landing);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (flight != null) {
            if (whole) {
                deliver(ctx);
            } else {
                fail(ctx, new BrokenAnswer("it closed the connection before the answer was complete"));
            }
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (flight == null) {
            // The TLS handshake failed, or an idle connection broke. Reactor Netty tells whoever waits, and warns with
            // the
            // exception it is given: ours has no stack trace, and it is given once.
            if (!broken) {
                broken = true;
                ctx.fireExceptionCaught(new BrokenAnswer(Failures.words(cause)));
            }
            ctx.close();
        } else {
            fail(ctx, new BrokenAnswer(Failures.words(cause)));
        }
    }
}
