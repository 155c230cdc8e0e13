package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes and reads the keys of one account. Key 2 carries the position in the log, and in its two lowest bits what the
 * key is for: a client that shows a SyncCheckKey to webwxsync, or the other way round, is caught by that.
 */
final class SyncKeys {

    /** What a key was handed out as. The one from webwxinit is good for both calls. */
    enum Use {
        SYNC,
        CHECK,
        INIT
    }

    /** A key that a client showed. */
    record Shown(long position, Use use) {}

    private final int base;

    SyncKeys(long seed) {
        base = 600_000_000 + (int) (Ids.mix(seed) >>> 40);
    }

    /** The key in the JSON form of webwxinit and webwxsync. */
    Map<String, Object> json(long position, Use use, long time) {
        List<Map<String, Object>> list = new ArrayList<>();
        list.add(entry(1, base - 13));
        list.add(entry(2, value(position, use)));
        list.add(entry(3, base - 57));
        if (use != Use.INIT) {
            list.add(entry(11, base - 21));
            list.add(entry(201, time));
        }
        list.add(entry(1000, time - time % 3600));
        if (use != Use.INIT) {
            list.add(entry(1001, time - time % 3600 + 61));
        }
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("Count", list.size());
        key.put("List", list);
        return key;
    }

    /** Entry 2 of a key, which alone tells one position from another. */
    long value(long position, Use use) {
        return base + 4 * position + use.ordinal();
    }

    private static Map<String, Object> entry(int key, long value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("Key", key);
        entry.put("Val", value);
        return entry;
    }

    /** Reads the body form; null when it is not a key of this account. */
    @Nullable
    Shown read(JsonNode key) {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : key.path("List")) {
            text.append(text.isEmpty() ? "" : "|")
                    .append(Json.text(entry.path("Key")))
                    .append('_')
                    .append(Json.text(entry.path("Val")));
        }
        return read(text.toString());
    }

    /** Reads the query form {@code 1_v|2_v|…}; null when it is not a key of this account. */
    @Nullable
    Shown read(String text) {
        Map<Integer, Long> values = new LinkedHashMap<>();
        try {
            for (String part : text.split("\\|")) {
                int bar = part.indexOf('_');
                values.put(
                        Integer.parseInt(part.substring(0, Math.max(0, bar))), Long.parseLong(part.substring(bar + 1)));
            }
        } catch (NumberFormatException malformed) {
            return null;
        }
        if (value(values, 1) != base - 13 || value(values, 3) != base - 57 || !values.containsKey(1000)) {
            return null;
        }
        long offset = value(values, 2) - base;
        int use = (int) (offset & 3);
        return offset < 0 || use >= Use.values().length ? null : new Shown(offset >> 2, Use.values()[use]);
    }

    private static long value(Map<Integer, Long> values, int key) {
        Long value = values.get(key);
        return value == null ? -1 : value;
    }
}
