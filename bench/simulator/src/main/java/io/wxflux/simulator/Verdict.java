package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of every message, in the words of Jepsen's queue checker.
 *
 * @param ok that were queued and came, however often
 * @param lost that were queued and never came
 * @param unexpected that came and were never queued, or for another account
 * @param duplicated that came more than once
 * @param reordered that came after a later one of their account
 * @param recovered of those that are ok: the service had to serve them more than once, because an answer was lost or the
 *     client died with it
 * @param examples of what is wrong, a few lines
 */
public record Verdict(
        long ok, long lost, long unexpected, long duplicated, long reordered, long recovered, List<String> examples) {

    static final int MOST_EXAMPLES = 10;

    /** Copies. */
    public Verdict {
        examples = List.copyOf(examples);
    }

    /** {@return whether everything came, once, in order, and nothing else} */
    public boolean isExact() {
        return lost == 0 && unexpected == 0 && duplicated == 0 && reordered == 0;
    }

    /** {@return one line of figures} */
    @Override
    public String toString() {
        return ok + " ok, " + lost + " lost, " + unexpected + " unexpected, " + duplicated + " duplicated, " + reordered
                + " reordered, " + recovered + " recovered";
    }

    /** Counts up to a verdict. */
    static final class Tally {
        private final List<String> examples = new ArrayList<>();
        private long ok;
        private long lost;
        private long unexpected;
        private long duplicated;
        private long reordered;
        private long recovered;

        void came(boolean again) {
            ok++;
            recovered += again ? 1 : 0;
        }

        void lost(String what) {
            lost++;
            example("lost: " + what);
        }

        void unexpected(String what) {
            unexpected++;
            example("unexpected: " + what);
        }

        void duplicated(String what) {
            duplicated++;
            example("duplicated: " + what);
        }

        void reordered(String what) {
            reordered++;
            example("reordered: " + what);
        }

        private void example(@Nullable String line) {
            if (examples.size() < MOST_EXAMPLES && line != null) {
                examples.add(line);
            }
        }

        Verdict verdict() {
            return new Verdict(ok, lost, unexpected, duplicated, reordered, recovered, examples);
        }
    }
}
