package io.wxflux.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A patch of the form that {@code diff -u} writes. It is applied strictly: every line that is to be there must be there,
 * and in one place only. That the place has moved is no matter, so that a line added elsewhere in the file breaks nothing.
 */
final class UnifiedDiff {
    private record Hunk(List<String> before, List<String> after) {}

    private final Map<String, List<Hunk>> files = new LinkedHashMap<>();

    private UnifiedDiff() {}

    static UnifiedDiff parse(String text) {
        var diff = new UnifiedDiff();
        List<Hunk> hunks = List.of();
        Hunk hunk = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("+++ b/")) {
                hunks = new ArrayList<>();
                diff.files.put(line.substring("+++ b/".length()).strip(), hunks);
                hunk = null;
            } else if (line.startsWith("--- ")) {
                hunk = null;
            } else if (line.startsWith("@@ ")) {
                hunk = new Hunk(new ArrayList<>(), new ArrayList<>());
                hunks.add(hunk);
            } else if (hunk != null) {
                add(hunk, line);
            }
        }
        if (diff.files.isEmpty()) {
            throw new IllegalArgumentException("a patch without a file");
        }
        return diff;
    }

    private static void add(Hunk hunk, String line) {
        String rest = line.isEmpty() ? "" : line.substring(1);
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case ' ' -> {
                hunk.before.add(rest);
                hunk.after.add(rest);
            }
            case '-' -> hunk.before.add(rest);
            case '+' -> hunk.after.add(rest);
            default -> throw new IllegalArgumentException("not a line of a patch: " + line);
        }
    }

    /**
     * The files as the patch leaves them, by their paths.
     *
     * @param source gives a file by its path
     * @throws IllegalArgumentException when a part of it has no place, or more than one
     */
    Map<String, String> apply(Function<String, String> source) {
        var patched = new LinkedHashMap<String, String>();
        files.forEach((path, hunks) -> {
            List<String> lines = new ArrayList<>(source.apply(path).lines().toList());
            hunks.forEach(hunk -> replace(path, lines, hunk));
            patched.put(path, String.join("\n", lines) + "\n");
        });
        return patched;
    }

    private static void replace(String path, List<String> lines, Hunk hunk) {
        int place = -1;
        for (int i = 0; i + hunk.before.size() <= lines.size(); i++) {
            if (lines.subList(i, i + hunk.before.size()).equals(hunk.before)) {
                if (place >= 0) {
                    throw new IllegalArgumentException(path + " has two places for: " + hunk.before);
                }
                place = i;
            }
        }
        if (place < 0) {
            throw new IllegalArgumentException(path + " has no place for: " + String.join("\n", hunk.before));
        }
        List<String> old = lines.subList(place, place + hunk.before.size());
        old.clear();
        old.addAll(hunk.after);
    }
}
