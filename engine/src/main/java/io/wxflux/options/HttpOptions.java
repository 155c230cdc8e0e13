package io.wxflux.options;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
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
 */
public record HttpOptions(
        @Nullable Path trust,
        @Nullable InetSocketAddress connectTo,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration pollTimeout,
        String userAgent) {
    private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    public HttpOptions {
        positive("connectTimeout", connectTimeout);
        positive("requestTimeout", requestTimeout);
        positive("pollTimeout", pollTimeout);
        if (userAgent.isBlank() || userAgent.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("userAgent must be one printable line");
        }
    }

    public static HttpOptions defaults() {
        return new HttpOptions(
                null, null, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(35), BROWSER);
    }

    public HttpOptions withTrust(Path pem) {
        return new HttpOptions(pem, connectTo, connectTimeout, requestTimeout, pollTimeout, userAgent);
    }

    public HttpOptions withConnectTo(InetSocketAddress address) {
        return new HttpOptions(trust, address, connectTimeout, requestTimeout, pollTimeout, userAgent);
    }

    public HttpOptions withConnectTimeout(Duration timeout) {
        return new HttpOptions(trust, connectTo, timeout, requestTimeout, pollTimeout, userAgent);
    }

    public HttpOptions withRequestTimeout(Duration timeout) {
        return new HttpOptions(trust, connectTo, connectTimeout, timeout, pollTimeout, userAgent);
    }

    public HttpOptions withPollTimeout(Duration timeout) {
        return new HttpOptions(trust, connectTo, connectTimeout, requestTimeout, timeout, userAgent);
    }

    public HttpOptions withUserAgent(String agent) {
        return new HttpOptions(trust, connectTo, connectTimeout, requestTimeout, pollTimeout, agent);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
        }
    }
}
