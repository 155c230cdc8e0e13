package io.wxflux.internal.transport;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** DNS without the answers that lead inside: loopback, private, link-local, multicast and unspecified addresses. */
final class PublicAddresses extends AddressResolverGroup<InetSocketAddress> {
    private final AddressResolverGroup<InetSocketAddress> names;

    PublicAddresses(AddressResolverGroup<InetSocketAddress> names) {
        this.names = names;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        AddressResolver<InetSocketAddress> resolver = names.getResolver(executor);
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                // An address instead of a name must pass the same check.
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise) {
                resolver.resolveAll(unresolved).addListener(done -> {
                    if (!done.isSuccess()) {
                        promise.tryFailure(done.cause());
                        return;
                    }
                    List<InetSocketAddress> open = open(done.getNow());
                    if (open.isEmpty()) {
                        promise.tryFailure(new RefusedAddressException());
                    } else {
                        promise.trySuccess(open.get(0));
                    }
                });
            }

            @Override
            protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise) {
                resolver.resolveAll(unresolved).addListener(done -> {
                    if (!done.isSuccess()) {
                        promise.tryFailure(done.cause());
                        return;
                    }
                    List<InetSocketAddress> open = open(done.getNow());
                    if (open.isEmpty()) {
                        promise.tryFailure(new RefusedAddressException());
                    } else {
                        promise.trySuccess(open);
                    }
                });
            }
        };
    }

    private static List<InetSocketAddress> open(Object resolved) {
        return ((List<?>) resolved)
                .stream()
                        .map(InetSocketAddress.class::cast)
                        .filter(address -> !address.isUnresolved() && isPublic(address.getAddress()))
                        .toList();
    }

    /** IPv4-mapped addresses are IPv4 addresses to Java already. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return !(uniqueLocal
                || thisNetwork
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress());
    }

    @Override
    public void close() {
        super.close();
        names.close();
    }
}
