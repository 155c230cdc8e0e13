package io.wxflux.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What one seed is made of. Not every seed has every fault, and each has weights of its own: a fault that would hide
 * another one is missing in half of all seeds.
 */
final class Swarm {
    /** What may happen to one request. */
    enum Fault {
        /** No connection, or it is reset before the service has seen anything. */
        LOST_BEFORE,
        /** The service has done it, the answer is lost. */
        LOST_AFTER,
        /** Something on the way repeats it; the second answer arrives. */
        TWICE,
        SLOW,
        /** Nothing comes until the deadline. */
        SILENT,
        /** A body cut short that looks complete to the transport. */
        TRUNCATED,
        HTML,
        BUSY,
        EMPTY,
        /** The push host's "HTTP/1.1 0 -". */
        STATUS_ZERO,
        UNKNOWN_CODE,
        SYSTEM_ERROR,
        THROTTLED,
        /** A push host says 1100 to 1102 though the session lives. */
        LIE,
        REFUSED_TOKENS,
        EMPTY_KEY,
        /** Messages that were acknowledged come again. */
        REDELIVERED,
        /** News that are none. */
        HOT_NEWS,
        /** "Nothing", at once. */
        HOT_NOTHING
    }

    /** What may happen to all the rest, for a while. */
    enum Disaster {
        HOST_DOWN,
        ALL_HOSTS_DOWN,
        STORE_FULL,
        STORE_SLOW,
        STORE_UNREADABLE,
        STORE_UNKNOWN,
        SINK_DOWN,
        SINK_STALLS,
        SINK_LOSES_ANSWERS,
        DEAD_LETTERS_DOWN,
        KILL,
        POWER_LOSS,
        STOP,
        FREEZE,
        SESSION_END,
        BURST
    }

    private static final List<String> FAMILIES =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com");

    private final Map<Fault, Double> faults = new EnumMap<>(Fault.class);
    private final Set<Disaster> disasters = EnumSet.noneOf(Disaster.class);
    private final SplittableRandom random;
    private final String oneFamily;
    final boolean herd;
    final int longestHopNanos;
    final int latencyMillis;
    final int commitMillis;
    final int page;
    final int tailBytes;
    final long totalTailBytes;
    final int maxBatch;
    final int cursorDelayMillis;
    final int concurrentLogins;
    final int messageEverySeconds;
    final double disastersEachTenMinutes;
    final boolean picky;
    final int chunkyBytes;

    /** @param herd nothing goes wrong but the one outage of {@link HostLoad} */
    Swarm(SplittableRandom random, boolean herd) {
        this.random = random;
        this.herd = herd;
        this.oneFamily = FAMILIES.get(random.nextInt(FAMILIES.size()));
        for (Fault fault : Fault.values()) {
            if (random.nextInt(100) < 40 && !herd) {
                faults.put(fault, Math.exp(Math.log(0.002) + random.nextDouble() * (Math.log(0.12) - Math.log(0.002))));
            }
        }
        for (Disaster disaster : Disaster.values()) {
            if (random.nextInt(100) < 45 && !herd) {
                disasters.add(disaster);
            }
        }
        longestHopNanos = one(0, 1_000, 50_000, 3_000_000);
        latencyMillis = herd ? one(5, 50) : one(2, 20, 100, 600);
        commitMillis = one(0, 2, 10, 150);
        page = one(2, 7, 50);
        tailBytes = one(0, 2_000, 8_000, 256 * 1024);
        totalTailBytes = one(4_000, 16_000, 64 * 1024 * 1024);
        maxBatch = one(1, 4, 20, 500);
        cursorDelayMillis = herd ? 1_000 : one(50, 100, 100, 1_000);
        concurrentLogins = herd ? 20 : one(1, 3, 20);
        messageEverySeconds = one(3, 10, 30, 60);
        disastersEachTenMinutes = 1 + random.nextDouble() * 6;
        picky = random.nextInt(3) == 0;
        chunkyBytes = one(0, 0, 300);
    }

    private int one(int... values) {
        return values[random.nextInt(values.length)];
    }

    String family() {
        return herd ? oneFamily : FAMILIES.get(random.nextInt(FAMILIES.size()));
    }

    boolean has(Disaster disaster) {
        return disasters.contains(disaster);
    }

    /** The kinds of disaster this seed has, each as often as any other. */
    List<Disaster> disasters() {
        return new ArrayList<>(disasters);
    }

    /** What happens to the next request; null for nothing. */
    @Nullable
    Fault fault(SplittableRandom chance) {
        double drawn = chance.nextDouble();
        for (Map.Entry<Fault, Double> entry : faults.entrySet()) {
            drawn -= entry.getValue();
            if (drawn < 0) {
                return entry.getKey();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "faults " + faults + ", disasters " + disasters + ", hop " + longestHopNanos + " ns, latency "
                + latencyMillis + " ms, commit " + commitMillis + " ms, page " + page + ", tail " + tailBytes + " of "
                + totalTailBytes + ", batch " + maxBatch + ", cursors " + cursorDelayMillis + " ms, logins "
                + concurrentLogins + ", a message every " + messageEverySeconds + " s";
    }
}
