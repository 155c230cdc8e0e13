package io.wxflux.options;

/** Whose TLS protects the connections. What is verified is the same with each. */
public enum TlsProvider {
    /** Java's own. */
    JDK,
    /**
     * OpenSSL, or BoringSSL in its place: handshakes take less time, an idle connection takes more memory outside of the
     * heap. Needs a native library of Netty; an engine does not start without it.
     */
    OPENSSL
}
