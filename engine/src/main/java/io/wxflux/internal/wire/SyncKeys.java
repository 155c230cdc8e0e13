package io.wxflux.internal.wire;

import io.wxflux.model.SyncKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a sync key. Half a key is worse than none, because it would replace a good one: whatever does not add up is
 * {@link SyncKey#EMPTY}, which never replaces anything (PROTOCOL 8.2, rule 2).
 */
final class SyncKeys {
    private static final int MOST_ENTRIES = 64;

    private SyncKeys() {}

    static SyncKey read(JsonReader in) {
        if (!in.enterObject()) {
            return SyncKey.EMPTY;
        }
        long count = -1;
        List<SyncKey.Entry> entries = new ArrayList<>();
        boolean whole = true;
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "Count" -> count = in.number(-2);
                case "List" -> whole = readEntries(in, entries);
                default -> in.skip();
            }
        }
        boolean counted = count == -1 || count == entries.size();
        return whole && counted && !entries.isEmpty() && entries.size() <= MOST_ENTRIES
                ? new SyncKey(entries)
                : SyncKey.EMPTY;
    }

    private static boolean readEntries(JsonReader in, List<SyncKey.Entry> entries) {
        boolean whole = true;
        if (!in.enterArray()) {
            return false;
        }
        while (in.nextElement()) {
            if (!in.atObject()) {
                in.skipCurrent();
                whole = false;
                continue;
            }
            boolean hasKey = false;
            boolean hasVal = false;
            long key = 0;
            long val = 0;
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                switch (name) {
                    case "Key" -> {
                        hasKey = in.isNumber();
                        key = in.lastNumber();
                    }
                    case "Val" -> {
                        hasVal = in.isNumber();
                        val = in.lastNumber();
                    }
                    default -> in.skip();
                }
            }
            if (!hasKey || !hasVal || key != (int) key) {
                whole = false;
            } else if (entries.size() <= MOST_ENTRIES) {
                entries.add(new SyncKey.Entry((int) key, val));
            }
        }
        return whole;
    }
}
