package io.wxflux.internal.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.CharsetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that says exactly the bytes a test wants, over TLS or in the clear. Bytes it receives are kept as they came; a
 * request is what ends with an empty line, plus its Content-Length.
 */
final class RawServer implements AutoCloseable {
    interface Script {
        void on(Request request, Client client) throws Exception;

        /** Before anything is asked: after the handshake, or at once where there is none. */
        default void greet(int connection, Client client) {}
    }

    /**
     * @param connection counted from 1
     * @param number of this request on its connection, counted from 1
     * @param head as it came, without the empty line
     */
    record Request(int connection, int number, String head, String body) {
        String line() {
            return head.lines().findFirst().orElse("");
        }

        @Nullable
        String header(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    record Client(Channel channel) {
        Client send(String text) {
            return send(text.getBytes(CharsetUtil.ISO_8859_1));
        }

        Client send(byte[] bytes) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            return this;
        }

        void ok(String body) {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        void after(long millis, Runnable what) {
            channel.eventLoop().schedule(what, millis, TimeUnit.MILLISECONDS);
        }

        void close() {
            channel.close();
        }

        /** Without a TLS close and without FIN. */
        void reset() {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<String> names = new CopyOnWriteArrayList<>();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger plainBytes = new AtomicInteger();

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;

    RawServer(@Nullable SslContext tls, Script script) {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 2_048)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        int connection = accepted.incrementAndGet();
                        channel.closeFuture().addListener(done -> closed.incrementAndGet());
                        if (tls != null) {
                            channel.pipeline().addLast(new SniHandler((name, promise) -> promise.setSuccess(tls)));
                        }
                        channel.pipeline().addLast(new Reader(connection, script));
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    int open() {
        return accepted.get() - closed.get();
    }

    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        private final int connection;
        private final Script script;
        private final StringBuilder unread = new StringBuilder();
        private int number;

        Reader(int connection, Script script) {
            this.connection = connection;
            this.script = script;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SniCompletionEvent sni && sni.hostname() != null) {
                names.add(sni.hostname());
            }
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                script.greet(connection, new Client(ctx.channel()));
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (ctx.pipeline().get(SniHandler.class) == null) {
                script.greet(connection, new Client(ctx.channel()));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
            ByteBuf bytes = (ByteBuf) msg;
            plainBytes.addAndGet(bytes.readableBytes());
            unread.append(bytes.toString(CharsetUtil.ISO_8859_1));
            ReferenceCountUtil.release(msg);
            int end;
            while ((end = unread.indexOf("\r\n\r\n")) >= 0) {
                String head = unread.substring(0, end);
                String length = new Request(0, 0, head, "").header("content-length");
                int body = length == null ? 0 : Integer.parseInt(length);
                if (unread.length() < end + 4 + body) {
                    return;
                }
                Request request = new Request(connection, ++number, head, unread.substring(end + 4, end + 4 + body));
                unread.delete(0, end + 4 + body);
                requests.add(request);
                script.on(request, new Client(ctx.channel()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
