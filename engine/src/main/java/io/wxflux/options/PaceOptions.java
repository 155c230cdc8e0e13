package io.wxflux.options;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast an account does what. The service publishes no numbers; accounts that act like machines are throttled (1205)
 * and barred. The defaults are what a person could do by hand, from what long-lived clients report:
 *
 * <table>
 * <caption>Defaults</caption>
 * <tr><th>operation</th><th>at once</th><th>then one every</th><th>why</th></tr>
 * <tr><td>SEND</td><td>3</td><td>3 s</td><td>the pace a long-lived client has survived with</td></tr>
 * <tr><td>UPLOAD</td><td>3</td><td>3 s</td><td>each is followed by a send</td></tr>
 * <tr><td>FRIEND_REQUEST</td><td>2</td><td>30 min</td><td>guarded most of all: strict</td></tr>
 * <tr><td>FRIEND_ACCEPT</td><td>5</td><td>30 s</td><td>the same call, but others began it</td></tr>
 * <tr><td>ROOM_CREATE</td><td>2</td><td>30 min</td><td>guarded nearly as much: strict</td></tr>
 * <tr><td>ROOM_CHANGE</td><td>3</td><td>20 s</td><td>many adds are a known reason for bars</td></tr>
 * <tr><td>REMARK</td><td>3</td><td>10 s</td><td>1205 when repeated quickly; 10 s was enough for a test suite</td></tr>
 * <tr><td>RECALL</td><td>5</td><td>2 s</td><td>as fast as a hand</td></tr>
 * <tr><td>MARK_READ</td><td>10</td><td>1 s</td><td>the web page does it with every chat that is opened</td></tr>
 * <tr><td>SEARCH</td><td>3</td><td>30 s</td><td>comes before friend requests</td></tr>
 * <tr><td>CHECK_URL, REPORT</td><td>5</td><td>2 s</td><td>as fast as a hand</td></tr>
 * </table>
 *
 * <p>What was spent is kept with the account and survives restarts.
 */
public final class PaceOptions {
    private final Map<Operation, Pace> paces;

    private PaceOptions(Map<Operation, Pace> paces) {
        this.paces = paces;
    }

    public static PaceOptions defaults() {
        var paces = new EnumMap<Operation, Pace>(Operation.class);
        for (Operation operation : Operation.values()) {
            paces.put(operation, usual(operation));
        }
        return new PaceOptions(paces);
    }

    private static Pace usual(Operation operation) {
        return switch (operation) {
            case SEND, UPLOAD -> Pace.of(3, Duration.ofSeconds(3));
            case FRIEND_REQUEST, ROOM_CREATE -> Pace.strict(2, Duration.ofMinutes(30));
            case FRIEND_ACCEPT ->
                Pace.of(5, Duration.ofSeconds(30)).withRest(Duration.ofHours(1), Duration.ofHours(24));
            case ROOM_CHANGE -> Pace.of(3, Duration.ofSeconds(20));
            case REMARK -> Pace.of(3, Duration.ofSeconds(10));
            case SEARCH -> Pace.of(3, Duration.ofSeconds(30));
            case MARK_READ -> Pace.of(10, Duration.ofSeconds(1));
            case RECALL, CHECK_URL, REPORT -> Pace.of(5, Duration.ofSeconds(2));
        };
    }

    public Pace of(Operation operation) {
        return requireNonNull(paces.get(operation));
    }

    /** The same with another pace for one operation. */
    public PaceOptions with(Operation operation, Pace pace) {
        var changed = new EnumMap<Operation, Pace>(paces);
        changed.put(operation, pace);
        return new PaceOptions(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaceOptions options && paces.equals(options.paces);
    }

    @Override
    public int hashCode() {
        return paces.hashCode();
    }

    @Override
    public String toString() {
        return "PaceOptions" + paces;
    }
}
