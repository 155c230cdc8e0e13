package io.wxflux.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are open. All of them share a port, so that one is known only from the name that the client asks for in the
 * TLS handshake: a closed one resets the connection there, before anything is said.
 */
final class HostDoors {

    private static final long LATELY_MILLIS = 120_000;
    private static final String EVERY = "*";

    private final LongSupplier clock;
    private final Traffic traffic;
    private final Map<String, ChannelGroup> guests = new ConcurrentHashMap<>();

    /** Since when a host is open again; {@link Long#MAX_VALUE} while it is closed. */
    private final Map<String, Long> closedUntil = new ConcurrentHashMap<>();

    HostDoors(LongSupplier clock, Traffic traffic) {
        this.clock = clock;
        this.traffic = traffic;
    }

    /** Breaks the host's connections and lets no more in. */
    void close(String host) {
        closedUntil.put(host, Long.MAX_VALUE);
        guests(host).close();
    }

    /** Every host, as when an address is gone. */
    void closeAll() {
        closedUntil.put(EVERY, Long.MAX_VALUE);
    }

    void openAll() {
        open(EVERY);
    }

    void open(String host) {
        closedUntil.computeIfPresent(host, (name, until) -> clock.getAsLong());
    }

    boolean isClosed(String host) {
        return closedUntil.getOrDefault(host, 0L) == Long.MAX_VALUE;
    }

    /** Whether a host is or was just closed: a client may then try others. */
    boolean lately(String host) {
        return isLately(closedUntil.get(host)) || isLately(closedUntil.get(EVERY));
    }

    private boolean isLately(@Nullable Long until) {
        return until != null && (until == Long.MAX_VALUE || clock.getAsLong() - until < LATELY_MILLIS);
    }

    private ChannelGroup guests(String host) {
        return guests.computeIfAbsent(host, name -> new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE));
    }

    /** To be put in front of TLS, one for each connection. */
    Door door() {
        return new Door();
    }

    final class Door extends AbstractSniHandler<Boolean> {

        @Override
        protected Future<Boolean> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
            String host = hostname == null ? "" : hostname.toLowerCase(Locale.ROOT);
            traffic.connection(host);
            guests(host).add(ctx.channel());
            return ctx.executor().newSucceededFuture(!isClosed(host));
        }

        @Override
        protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String hostname, Future<Boolean> open) {
            if (open.getNow()) {
                ctx.pipeline().remove(this);
            } else {
                // A reset instead of an end, as a dead machine's neighbour would send.
                ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                ctx.close();
            }
        }
    }
}
