package io.wxflux.options;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the network.
 *
 * @param trust PEM certificates trusted in addition to the system's; null = the system's only
 * @param connectTo every connection goes there, while Host header, SNI and name checks keep the real names; null = DNS
 * @param connectTimeout time to connect and finish the TLS handshake; default 5 s
 * @param requestTimeout total deadline of an ordinary request, headers and body; default 15 s
 * @param pollTimeout total deadline of a long poll, which the server holds for about 25 s; default 35 s
 * @param userAgent the browser we look like
 * @param pushHosts further hosts for the long poll, tried when all known ones of the session's parent domain failed; names
 *     below {@code qq.com} or {@code wechat.com}, as a session never leaves its parent domain; default none
 * @param connectionsPerSecond most new long-poll connections in a second to one host, of all accounts together, when many
 *     accounts change to it at once or come back after an outage; 1 to 100,000, default 200
 */
public record HttpOptions(
        @Nullable Path trust,
        @Nullable InetSocketAddress connectTo,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration pollTimeout,
        String userAgent,
        List<String> pushHosts,
        int connectionsPerSecond,
        Transport transport,
        TlsProvider tls) {
    private static final Pattern PUSH_HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}(?:qq|wechat)\\.com");
    /** More {@link #pushHosts} than these are refused. */
    public static final int MOST_PUSH_HOSTS = 16;

    private static final int MOST_CONNECTIONS = 100_000;
    private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    public HttpOptions {
        positive("connectTimeout", connectTimeout);
        positive("requestTimeout", requestTimeout);
        positive("pollTimeout", pollTimeout);
        if (userAgent.isBlank() || userAgent.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("userAgent must be one printable line");
        }
        pushHosts = List.copyOf(pushHosts);
        if (pushHosts.size() > MOST_PUSH_HOSTS) {
            throw new IllegalArgumentException("pushHosts must be at most " + MOST_PUSH_HOSTS);
        }
        for (String host : pushHosts) {
            if (!PUSH_HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "pushHosts must be lower-case host names below qq.com or wechat.com, not \"" + host + '"');
            }
        }
        if (connectionsPerSecond < 1 || connectionsPerSecond > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connectionsPerSecond must be from 1 to " + MOST_CONNECTIONS + ", not " + connectionsPerSecond);
        }
    }

    public static HttpOptions defaults() {
        return new HttpOptions(
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(35),
                BROWSER,
                List.of(),
                200,
                Transport.NIO,
                TlsProvider.JDK);
    }

    public HttpOptions withTrust(Path pem) {
        return new HttpOptions(
                pem,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withConnectTo(InetSocketAddress address) {
        return new HttpOptions(
                trust,
                address,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withConnectTimeout(Duration timeout) {
        return new HttpOptions(
                trust,
                connectTo,
                timeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withRequestTimeout(Duration timeout) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                timeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withPollTimeout(Duration timeout) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                timeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withUserAgent(String agent) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                agent,
                pushHosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withPushHosts(List<String> hosts) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                hosts,
                connectionsPerSecond,
                transport,
                tls);
    }

    public HttpOptions withConnectionsPerSecond(int most) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                most,
                transport,
                tls);
    }

    /** {@link Transport#NATIVE} needs a library, see {@link io.wxflux.NativeLibraries}. */
    public HttpOptions withTransport(Transport kind) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                kind,
                tls);
    }

    /** {@link TlsProvider#OPENSSL} needs a library, see {@link io.wxflux.NativeLibraries}. */
    public HttpOptions withTls(TlsProvider provider) {
        return new HttpOptions(
                trust,
                connectTo,
                connectTimeout,
                requestTimeout,
                pollTimeout,
                userAgent,
                pushHosts,
                connectionsPerSecond,
                transport,
                provider);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
        }
    }
}
