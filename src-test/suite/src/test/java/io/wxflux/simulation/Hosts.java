package io.wxflux.simulation;

import java.util.HashMap;
import java.util.Map;

/** Which hosts of the service answer, and how those that do not behave. Written from PROTOCOL 2.2. */
final class Hosts {
    enum State {
        UP,
        /** No connection at all. */
        REFUSES,
        /** Connections are cut after the request went out. */
        RESETS,
        /** Nothing comes back. */
        SILENT,
        BUSY,
        /** A page that is not the service's. */
        HTML
    }

    private final Map<String, State> states = new HashMap<>();
    private State all = State.UP;

    State of(String host) {
        return all != State.UP ? all : states.getOrDefault(host, State.UP);
    }

    void set(String host, State state) {
        states.put(host, state);
    }

    void setAll(State state) {
        all = state;
    }

    void heal() {
        all = State.UP;
        states.clear();
    }

    static String push(String api) {
        return "webpush." + api;
    }

    /** Whether the host knows sessions of this family. */
    static boolean isOf(String api, String host) {
        return host.equals(api) || host.endsWith("." + api) && !host.equals("login.weixin.qq.com");
    }
}
