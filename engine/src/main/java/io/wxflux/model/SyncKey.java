package io.wxflux.model;

import java.util.List;

/**
 * One of the two keys of the sync protocol: an ordered list of (key, value) pairs. It is a consumer offset: showing it
 * to webwxsync acknowledges everything before it.
 *
 * @param entries in the order of the server's list; never changed by us
 */
public record SyncKey(List<Entry> entries) {
    public static final SyncKey EMPTY = new SyncKey(List.of());

    public SyncKey {
        entries = List.copyOf(entries);
    }

    /** An empty key must never replace a good one: the server would end the session (PROTOCOL 8.2, rule 2). */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The form synccheck takes: {@code 1_698325105|2_698325111}, not yet percent-encoded. */
    public String query() {
        var text = new StringBuilder(entries.size() * 16);
        for (Entry entry : entries) {
            if (text.length() > 0) {
                text.append('|');
            }
            text.append(entry.key()).append('_').append(entry.val());
        }
        return text.toString();
    }

    /** One pair; values such as unix seconds and counters, not to be interpreted. */
    public record Entry(int key, long val) {}
}
