package io.wxflux.internal.transport;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of an engine. Not colocated: a connection opened from an event loop would stay on that loop, and as each
 * account is started from the end of another's login, all of them would gather on one thread.
 */
final class EventLoops implements LoopResources {
    private final IoEventLoopGroup group;

    /** Threads start with the first connection. */
    EventLoops(LoopKind kind, int threads) {
        group = new MultiThreadIoEventLoopGroup(threads, new Threads(), kind.handlers());
    }

    private static final class Threads implements ThreadFactory {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            return new Loop(task, "wxflux-io-" + count.incrementAndGet());
        }
    }

    /** Where nothing may block. */
    private static final class Loop extends FastThreadLocalThread implements NonBlocking {
        Loop(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    @Override
    public IoEventLoopGroup onServer(boolean useNative) {
        return group;
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(
                done -> group.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .addListener(ended -> done.success()));
    }

    @Override
    public boolean isDisposed() {
        return group.isShuttingDown();
    }
}
