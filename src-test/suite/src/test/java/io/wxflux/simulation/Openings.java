package io.wxflux.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * Who was opening a session when, seen from the service. The engine lets so many accounts at a time do so and the others
 * queue, behind one whose webwxinit is never answered for the whole of its deadline: such a wait is what was asked for. It is
 * excused only when at least as many others were at it, and only until the last of them was through.
 */
final class Openings {
    private final int places;
    private final Map<String, Long> lefts = new HashMap<>();

    Openings(int places) {
        this.places = places;
    }

    void enters(String account) {
        lefts.put(account, Long.MAX_VALUE);
    }

    void leaves(String account, long millis) {
        lefts.put(account, millis);
    }

    /** When another one last let go of a place after a time; -1 when there was a place all the while. */
    long freeSince(String account, long since) {
        long taken = 0;
        long free = -1;
        for (Map.Entry<String, Long> left : lefts.entrySet()) {
            long at = left.getValue();
            if (!left.getKey().equals(account) && at >= since) {
                taken++;
                free = at == Long.MAX_VALUE ? free : Math.max(free, at);
            }
        }
        return taken >= places ? free : -1;
    }
}
