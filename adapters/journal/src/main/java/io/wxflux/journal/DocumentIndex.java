package io.wxflux.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the documents of one account are, in ascending order of their keys. Guarded by the lock of {@link Ledgers}. */
final class DocumentIndex {
    /** A sorted list, because it is small: a tree would take twice the room. */
    private final ArrayList<DocumentPlace> places = new ArrayList<>(0);

    private int awaited;

    List<DocumentPlace> all() {
        return places;
    }

    @Nullable
    DocumentPlace find(byte[] key) {
        int i = search(key);
        return i < 0 ? null : places.get(i);
    }

    void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change.place == null) {
                remove(change.key);
            } else {
                put(change.place);
            }
        }
    }

    void put(DocumentPlace place) {
        int i = search(place.key());
        if (i < 0) {
            places.add(-i - 1, place);
        } else {
            DocumentPlace old = places.set(i, place);
            old.segment().release(old);
        }
        place.segment().hold(place);
    }

    private void remove(byte[] key) {
        int i = search(key);
        if (i >= 0) {
            DocumentPlace old = places.remove(i);
            old.segment().release(old);
        }
    }

    /** The same value has another place now, unless the document has changed meanwhile. */
    void move(DocumentPlace from, DocumentPlace to) {
        if (find(from.key()) == from) {
            put(to);
        }
    }

    /** Takes a place over from a snapshot; {@link #confirm} must come across it. */
    void await(DocumentPlace place) {
        put(place);
        awaited++;
    }

    /** A value was found in an earlier segment; most often one that was replaced or removed since. */
    void confirm(DocumentPlace found) {
        DocumentPlace known = find(found.key());
        if (known != null
                && known.segment() == found.segment()
                && known.position() == found.position()
                && known.length() == found.length()
                && known.crc() == found.crc()) {
            awaited--;
        }
    }

    /** How many places of the snapshot were not confirmed. */
    int awaited() {
        return awaited;
    }

    List<String> keys(String prefix) {
        int i = search(prefix.getBytes(StandardCharsets.UTF_8));
        var keys = new ArrayList<String>();
        for (int at = i < 0 ? -i - 1 : i; at < places.size(); at++) {
            String key = places.get(at).keyText();
            if (!key.startsWith(prefix)) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    /** As {@link java.util.Collections#binarySearch}. */
    private int search(byte[] key) {
        int low = 0;
        int high = places.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(places.get(middle).key(), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /**
     * What a commit does to a document.
     *
     * @param place of the new value; null when the document is removed
     */
    record Change(byte[] key, @Nullable DocumentPlace place) {}
}
