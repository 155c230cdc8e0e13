package io.wxflux.load;

import java.util.List;
import java.util.Locale;

/** What a test asks. */
public enum Mode {
    /** How late messages are at a given rate, and what accounts cost. */
    LOAD(List.of(ClientKind.WXFLUX, ClientKind.REACTOR_NETTY, ClientKind.RAW_NETTY)),
    /** What a round trip costs when there is nothing to do but to ask again. */
    ROUND_TRIPS(List.of(ClientKind.WXFLUX_MEMORY, ClientKind.REACTOR_NETTY)),
    /** How many messages get through when more are always waiting. */
    BACKLOG(List.of(ClientKind.WXFLUX_MEMORY, ClientKind.WXFLUX, ClientKind.REACTOR_NETTY)),
    /** How late messages are after a restart. */
    RESTART(List.of(ClientKind.WXFLUX));

    private final List<ClientKind> clients;

    Mode(List<ClientKind> clients) {
        this.clients = clients;
    }

    /** Who is measured when nobody says otherwise. */
    public List<ClientKind> clients() {
        return clients;
    }

    /** As on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether one of both processes is to be at its limit, and it has to be the client. */
    boolean isOfLimits() {
        return this == ROUND_TRIPS || this == BACKLOG;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static Mode of(String option) {
        for (Mode mode : values()) {
            if (mode.option().equals(option)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode '" + option + "'");
    }
}
