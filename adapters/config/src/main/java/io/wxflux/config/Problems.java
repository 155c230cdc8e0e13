package io.wxflux.config;

import io.wxflux.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with one file; collected first, thrown together. */
final class Problems {
    /** A file that is no configuration at all would otherwise fill the screen. */
    private static final int SHOWN = 100;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** @param path such as {@code accounts[2].mode}; empty for the file as a whole */
    void add(Place place, String path, String text) {
        Problem problem = new Problem(place, path, text);
        // An alias brings the same node, and so the same problem, several times.
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    ConfigurationException exception() {
        Collections.sort(found);
        String shown = found.stream()
                .limit(SHOWN)
                .map(problem -> file + ":" + problem.place + ": "
                        + (problem.path.isEmpty() ? "" : Quote.plain(problem.path) + ": ") + problem.text)
                .collect(Collectors.joining("\n"));
        int more = found.size() - SHOWN;
        return new ConfigurationException(more > 0 ? shown + "\n... and " + more + " more problems" : shown);
    }

    private record Problem(Place place, String path, String text) implements Comparable<Problem> {
        @Override
        public int compareTo(Problem other) {
            return place.compareTo(other.place);
        }
    }
}
