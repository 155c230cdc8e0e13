package io.wxflux.load;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** What the bare clients share: the loops, the certificate, and where all names lead. Set as the engine sets it. */
final class BareNetwork implements AutoCloseable {
    private final InetSocketAddress target;
    private final LoopResources loops;
    private final SslContext tls;

    BareNetwork(ClientConfig config) {
        target = new InetSocketAddress(config.host(), config.port());
        loops = LoopResources.create("bare", 1, Math.max(2, Runtime.getRuntime().availableProcessors()), true, false);
        try {
            tls = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .trustManager(new File(config.trust()))
                    .build();
        } catch (SSLException e) {
            throw new LoadFailed("TLS cannot be set up: " + e.getMessage());
        }
    }

    InetSocketAddress target() {
        return target;
    }

    LoopResources loops() {
        return loops;
    }

    SslContext tls() {
        return tls;
    }

    HttpClient client(ConnectionProvider pool) {
        return HttpClient.create(pool)
                .runOn(loops)
                .resolver(new Everywhere())
                .secure(spec -> spec.sslContext(tls))
                .disableRetry(true)
                .followRedirect(false);
    }

    @Override
    public void close() {
        loops.dispose();
    }

    /** Every name is the simulator; Host and SNI keep it. */
    private final class Everywhere extends AddressResolverGroup<InetSocketAddress> {
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
}
