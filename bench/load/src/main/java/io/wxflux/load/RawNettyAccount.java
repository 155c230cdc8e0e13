package io.wxflux.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One account's loop: two connections on one event loop, one for each host, opened anew when they are closed. */
final class RawNettyAccount {
    private static final int MOST_BODY = 4 << 20;
    private static final int HTTPS = 443;

    private final RawNettyClient client;
    private final WebSession session;
    private final EventLoop loop;
    private @Nullable Channel push;
    private @Nullable Channel api;
    private @Nullable Channel asked;

    RawNettyAccount(RawNettyClient client, WebSession session) {
        this.client = client;
        this.session = session;
        this.loop = client.network().loops().onClient(true).next();
    }

    void check() {
        if (!loop.inEventLoop()) {
            loop.execute(this::check);
            return;
        }
        Channel open = push;
        if (open != null && open.isActive()) {
            ask(open);
        } else {
            connect(session.push(), new Handler(true));
        }
    }

    private void sync() {
        Channel open = api;
        if (open != null && open.isActive()) {
            fetch(open);
        } else {
            connect(session.home(), new Handler(false));
        }
    }

    private void ask(Channel channel) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, session.checkPath());
        request.headers().set(HttpHeaderNames.HOST, session.push()).set(HttpHeaderNames.COOKIE, session.pushCookie());
        asked = channel;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    private void fetch(Channel channel) {
        byte[] body = session.syncBody().getBytes(StandardCharsets.UTF_8);
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, session.syncPath(), Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, session.home())
                .set(HttpHeaderNames.COOKIE, session.apiCookie())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        asked = channel;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    private void connect(String host, Handler handler) {
        EventLoopGroup group = loop;
        new Bootstrap()
                .group(group)
                .channelFactory(() -> client.network().loops().onChannel(SocketChannel.class, loop))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(client.network().tls().newHandler(channel.alloc(), host, HTTPS))
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MOST_BODY))
                                .addLast(handler);
                    }
                })
                .connect(client.network().target())
                .addListener(done -> {
                    Throwable cause = done.cause();
                    if (cause != null) {
                        later(cause);
                    }
                });
    }

    private void later(Throwable cause) {
        client.failed(cause);
        loop.schedule(this::check, 1, TimeUnit.SECONDS);
    }

    private final class Handler extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final boolean polls;

        Handler(boolean polls) {
            this.polls = polls;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (polls) {
                push = context.channel();
                ask(context.channel());
            } else {
                api = context.channel();
                fetch(context.channel());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            asked = null;
            if (polls) {
                String text = response.content().toString(StandardCharsets.US_ASCII);
                if (ReactorNettyClient.hasNews(text)) {
                    sync();
                } else {
                    check();
                }
                return;
            }
            SyncAnswer answer = client.accept(ByteBufUtil.getBytes(response.content()));
            if (answer.ret() != 0) {
                throw new LoadFailed("webwxsync was answered with Ret " + answer.ret());
            }
            session.advance(answer);
            if (answer.more()) {
                sync();
            } else {
                check();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (context.channel() == asked) {
                asked = null;
                later(new LoadFailed("the service closed a connection before it answered"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            asked = null;
            context.close();
            later(cause);
        }
    }
}
