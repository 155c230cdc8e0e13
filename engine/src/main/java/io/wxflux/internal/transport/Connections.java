package io.wxflux.internal.transport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.ReferenceCountUtil;
import io.wxflux.error.ConfigurationException;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.MissingLibrary;
import io.wxflux.options.TlsProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * What all accounts of an engine share on the network: event loops, TLS settings, the resolver. Whoever makes it closes it.
 * Connections themselves are never shared, see {@link ReactorNettyExchange}.
 */
public final class Connections {
    private static final int MOST_THREADS = 16;
    private static final Duration CLOSE_NOTIFY = Duration.ofSeconds(1);

    private final HttpOptions options;
    private final Scheduler timer;
    private final LoopResources loops;
    private final SslContext context;
    private final SslProvider tls;
    private final AddressResolverGroup<?> resolver;
    private final HttpClient once;

    private Connections(
            HttpOptions options,
            Scheduler timer,
            LoopResources loops,
            SslContext context,
            AddressResolverGroup<?> resolver) {
        this.options = options;
        this.timer = timer;
        this.loops = loops;
        this.context = context;
        this.tls = tls(context, options);
        this.resolver = resolver;
        once = client(ConnectionProvider.newConnection());
    }

    /**
     * Blocks: reads the certificates, loads the native libraries that are asked for. Threads start with the first
     * connection.
     *
     * @param timer for deadlines and for closing idle connections; the caller's own
     * @throws ConfigurationException when the settings cannot work
     */
    public static Connections open(HttpOptions options, Scheduler timer) {
        List<MissingLibrary> missing = NativeCode.missing(options);
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    missing.stream().map(MissingLibrary::text).collect(Collectors.joining("; ")));
        }
        LoopKind kind = LoopKind.of(options.transport());
        AddressResolverGroup<?> resolver = resolver(options, kind);
        SslContext context = context(options);
        // As many threads as cores, however many accounts there are.
        int threads = Math.min(MOST_THREADS, Math.max(2, Runtime.getRuntime().availableProcessors()));
        return new Connections(options, timer, new EventLoops(kind, threads), context, resolver);
    }

    /** The network of one account. */
    public Exchange exchange(Rfc6265CookieJar jar) {
        return new ReactorNettyExchange(this, jar);
    }

    HttpOptions options() {
        return options;
    }

    /** The TLS of all connections. */
    SslContext tls() {
        return context;
    }

    Scheduler timer() {
        return timer;
    }

    /** Opens a connection for every call and closes it after: nothing of it is anybody's, so all accounts use the same. */
    HttpClient once() {
        return once;
    }

    /** A client on one set of connections; everything that might follow from the class path is set here. */
    HttpClient client(ConnectionProvider connections) {
        return HttpClient.create(connections)
                .runOn(loops)
                .resolver(resolver)
                .secure(tls)
                .protocol(HttpProtocol.HTTP11)
                .followRedirect(false)
                .disableRetry(true)
                .compress(false)
                .keepAlive(true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(options.connectTimeout()))
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, remote) -> {
                    var codec = new AnswerCodec();
                    channel.pipeline()
                            .addAfter(NettyPipeline.HttpCodec, ExchangeHandler.NAME, new ExchangeHandler(codec))
                            .replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
                });
    }

    private static SslContext context(HttpOptions options) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(provider(options.tls()))
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(TrustedCertificates.of(options.trust()))
                    .build();
        } catch (SSLException e) {
            throw new ConfigurationException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** OpenSSL's with counted references: without, every connection would be a finalizer's to clear away. */
    private static io.netty.handler.ssl.SslProvider provider(TlsProvider tls) {
        return tls == TlsProvider.OPENSSL
                ? io.netty.handler.ssl.SslProvider.OPENSSL_REFCNT
                : io.netty.handler.ssl.SslProvider.JDK;
    }

    private static SslProvider tls(SslContext context, HttpOptions options) {
        return SslProvider.builder()
                .sslContext(context)
                .handshakeTimeout(options.connectTimeout())
                .closeNotifyFlushTimeout(CLOSE_NOTIFY)
                // Said again where the engine is made: without it any certificate of any trusted site would do.
                .handlerConfigurator(handler -> {
                    SSLParameters parameters = handler.engine().getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    handler.engine().setSSLParameters(parameters);
                })
                .build();
    }

    private static AddressResolverGroup<?> resolver(HttpOptions options, LoopKind kind) {
        InetSocketAddress target = resolved(options.connectTo());
        if (target != null) {
            return new FixedAddress(target);
        }
        return new PublicAddresses(new DnsAddressResolverGroup(dns(options, kind)));
    }

    /** Its sockets are of the kind of the loops they are on. */
    static DnsNameResolverBuilder dns(HttpOptions options, LoopKind kind) {
        return new DnsNameResolverBuilder()
                .datagramChannelType(kind.datagrams())
                .socketChannelType(kind.sockets())
                .queryTimeoutMillis(options.connectTimeout().toMillis());
    }

    private static @Nullable InetSocketAddress resolved(@Nullable InetSocketAddress target) {
        if (target == null || !target.isUnresolved()) {
            return target;
        }
        InetSocketAddress address = new InetSocketAddress(target.getHostString(), target.getPort());
        if (address.isUnresolved()) {
            throw new ConfigurationException("http.connect-to: the name " + target.getHostString() + " was not found");
        }
        return address;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }

    /** Ends every connection and thread; answers still awaited fail. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            resolver.close();
            return loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2))
                    .then(Mono.fromRunnable(() -> ReferenceCountUtil.release(context)));
        });
    }
}
