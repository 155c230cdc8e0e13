package io.wxflux.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happened, as a number that is the same for the same seed; as text for whoever replays it. */
final class Trace {
    /** What one invariant says is kept so often; more of the same says nothing new. */
    private static final int MOST_OF_A_KIND = 3;

    /** A broken invariant, where and how. */
    record Offence(Invariant invariant, long millis, String what) {
        @Override
        public String toString() {
            return invariant + " at " + clock(millis) + ": " + what;
        }
    }

    private final VirtualTime time;
    private final @Nullable Consumer<String> reader;
    private final Map<Invariant, List<Offence>> offences = new EnumMap<>(Invariant.class);
    private long hash = 0xcbf29ce484222325L;
    private long lines;

    Trace(VirtualTime time, @Nullable Consumer<String> reader) {
        this.time = time;
        this.reader = reader;
    }

    void add(String who, String what) {
        add(who, what, 0);
    }

    void add(String who, String what, long number) {
        lines++;
        mix(time.nanos());
        mix(who.hashCode());
        mix(what.hashCode());
        mix(number);
        if (reader != null) {
            reader.accept(clock(time.elapsed()) + "  " + who + "  " + what + (number == 0 ? "" : " " + number));
        }
    }

    void offence(Invariant invariant, String what) {
        add("OFFENCE", invariant + ": " + what);
        List<Offence> known = offences.computeIfAbsent(invariant, kind -> new ArrayList<>());
        if (known.size() < MOST_OF_A_KIND) {
            known.add(new Offence(invariant, time.elapsed(), what));
        }
    }

    List<Offence> offences() {
        return offences.values().stream().flatMap(List::stream).toList();
    }

    boolean isClean() {
        return offences.isEmpty();
    }

    long hash() {
        return hash;
    }

    long lines() {
        return lines;
    }

    private void mix(long value) {
        long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
        hash = mixed ^ (mixed >>> 29);
    }

    static String clock(long millis) {
        return String.format(
                "%02d:%02d:%02d.%03d", millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000);
    }
}
