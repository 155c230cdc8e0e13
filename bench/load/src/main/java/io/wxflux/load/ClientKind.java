package io.wxflux.load;

import java.util.Locale;

/** Who is measured. The bare clients are the yardsticks: they fetch and tokenise and promise nothing. */
public enum ClientKind {
    WXFLUX("wxflux, durable journal"),
    WXFLUX_MEMORY("wxflux, journal in memory"),
    REACTOR_NETTY("bare Reactor Netty"),
    RAW_NETTY("raw Netty"),
    /** Appends every answer to a file and forces it to the disk before it counts as delivered. */
    RAW_NETTY_FORCED("raw Netty, append and force");

    private final String title;

    ClientKind(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean isWxflux() {
        return this == WXFLUX || this == WXFLUX_MEMORY;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static ClientKind of(String option) {
        for (ClientKind kind : values()) {
            if (kind.option().equals(option)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no client '" + option + "'");
    }
}
