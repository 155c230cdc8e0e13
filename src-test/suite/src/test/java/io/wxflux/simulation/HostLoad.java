package io.wxflux.simulation;

import java.util.HashMap;
import java.util.Map;

/** How many ask a host that is down. */
final class HostLoad {
    private final Trace trace;
    private final Map<String, Integer> fruitless = new HashMap<>();

    HostLoad(Trace trace) {
        this.trace = trace;
    }

    void sent(String host, String account, long millis, boolean down) {
        if (down) {
            fruitless.merge(host, 1, Integer::sum);
        }
    }
}
