package io.wxflux.options;

/** Whose event loops carry the connections. What an account does is the same with each. */
public enum Transport {
    /** Java's own, on every system. */
    NIO,
    /**
     * The operating system's, without Java between: epoll on Linux, kqueue on macOS. Needs a native library of Netty; an
     * engine does not start without it.
     */
    NATIVE
}
