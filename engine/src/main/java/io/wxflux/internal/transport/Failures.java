package io.wxflux.internal.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.wxflux.error.HostUnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * One error for whatever the network does. The libraries' exceptions are never chained: some hold the address, some hold
 * what the other side sent, and their types are no contract.
 */
final class Failures {
    private static final int LONGEST = 200;

    private Failures() {}

    static HostUnreachableException of(HttpCall call, String words) {
        return new HostUnreachableException(call.operation() + " at " + call.host() + ": " + words);
    }

    /** For a call of which nothing has left. */
    static HostUnreachableException neverSent(HttpCall call, String words) {
        return HostUnreachableException.neverSent(call.operation() + " at " + call.host() + ": " + words);
    }

    static String words(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause() == e ? null : e.getCause()) {
            if (e instanceof BrokenAnswer broken) {
                return broken.words();
            }
            if (e instanceof RefusedAddressException refused) {
                return refused.words();
            }
            if (e instanceof UnknownHostException) {
                return "the name was not found";
            }
            if (e instanceof SslHandshakeTimeoutException) {
                return "the TLS handshake took too long";
            }
            if (e instanceof ConnectTimeoutException) {
                return "no connection in time";
            }
            if (e instanceof ConnectException) {
                return "the connection was refused";
            }
            if (e instanceof CertificateException) {
                return "its TLS certificate was refused (" + safe(e.getMessage()) + "), nothing was sent";
            }
            if (e instanceof ReadTimeoutException) {
                return "it fell silent";
            }
            // By name: Reactor Netty keeps these types inside a package that it calls internal.
            String type = e.getClass().getSimpleName();
            if (type.startsWith("PoolAcquire")) {
                return "the account's connections are all busy";
            }
            if (type.startsWith("PoolShutdown")) {
                return "the account's connections were closed";
            }
            if (e instanceof TooLongHttpHeaderException || e instanceof TooLongHttpLineException) {
                return "its headers are too large";
            }
            if (e instanceof PrematureCloseException
                    || e instanceof PrematureChannelClosureException
                    || e instanceof AbortedException) {
                return "it closed the connection before the answer was complete";
            }
        }
        if (error instanceof SSLException) {
            return "TLS failed (" + safe(error.getMessage()) + ")";
        }
        if (error instanceof DecoderException
                || error instanceof IllegalArgumentException
                || error instanceof IndexOutOfBoundsException) {
            return "its answer is not HTTP";
        }
        if (error instanceof IOException) {
            return "the connection broke";
        }
        return "the exchange failed (" + error.getClass().getSimpleName() + ")";
    }

    /** Words of TLS may quote the other side's certificate. */
    private static String safe(@Nullable String remote) {
        if (remote == null) {
            return "no reason given";
        }
        StringBuilder clean = new StringBuilder();
        remote.chars().limit(LONGEST).forEach(c -> clean.append(c < ' ' || c >= 0x7f ? '?' : (char) c));
        return clean.toString();
    }
}
