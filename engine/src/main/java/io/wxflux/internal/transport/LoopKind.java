package io.wxflux.internal.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.wxflux.options.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of event loops there are. Chosen here and nowhere else: left to itself, Reactor Netty takes what it finds on
 * the class path. io_uring is none of them, as containers commonly forbid it.
 */
enum LoopKind {
    NIO {
        @Override
        @Nullable
        Throwable trouble() {
            return null;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        Class<? extends SocketChannel> sockets() {
            return NioSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagrams() {
            return NioDatagramChannel.class;
        }
    },
    EPOLL {
        @Override
        @Nullable
        Throwable trouble() {
            return Epoll.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Class<? extends SocketChannel> sockets() {
            return EpollSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagrams() {
            return EpollDatagramChannel.class;
        }
    },
    KQUEUE {
        @Override
        @Nullable
        Throwable trouble() {
            return KQueue.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return KQueueIoHandler.newFactory();
        }

        @Override
        Class<? extends SocketChannel> sockets() {
            return KQueueSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagrams() {
            return KQueueDatagramChannel.class;
        }
    };

    /** The one for the options, on this operating system; whether it can be used is for {@link NativeCode} to say. */
    static LoopKind of(Transport transport) {
        if (transport == Transport.NIO) {
            return NIO;
        }
        return Platform.current().system().equals(Platform.MACOS) ? KQUEUE : EPOLL;
    }

    /**
     * Why it cannot be used here; null when it can. Blocks: loads the library.
     *
     * @throws LinkageError when not even its classes are there
     */
    abstract @Nullable Throwable trouble();

    abstract IoHandlerFactory handlers();

    abstract Class<? extends SocketChannel> sockets();

    abstract Class<? extends DatagramChannel> datagrams();
}
