package io.wxflux.internal.transport;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Every name leads to one address and port, as with curl's {@code --connect-to}. A resolver and not a remote address,
 * because pools, Host header, SNI and the check of the certificate's name all go by the name.
 */
final class FixedAddress extends AddressResolverGroup<InetSocketAddress> {
    private final InetSocketAddress target;

    FixedAddress(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise) {
                promise.trySuccess(target);
            }

            @Override
            protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise) {
                promise.trySuccess(List.of(target));
            }
        };
    }
}
