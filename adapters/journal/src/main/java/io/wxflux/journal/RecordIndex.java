package io.wxflux.journal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Where the records of one account are, oldest first. A ring of primitives: an account may have many thousands. */
final class RecordIndex {
    private static final int FIRST_CAPACITY = 16;
    private static final int MISSING = -1;

    private Segment[] segments = {};
    private long[] positions = {};
    private int[] lengths = {};
    private int[] crcs = {};
    private int head;
    private int size;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong bytesOfAll;

    /** @param bytesOfAll counts the bytes of all indexes */
    RecordIndex(AtomicLong bytesOfAll) {
        this.bytesOfAll = bytesOfAll;
    }

    void add(Segment segment, long position, int length, int crc) {
        set(append(), segment, position, length, crc);
    }

    private int append() {
        if (size == segments.length) {
            grow();
        }
        return slot(size++);
    }

    /** The next so many records are somewhere; {@link #found} must come across each of them. */
    void await(int count) {
        for (int i = 0; i < count; i++) {
            int slot = append();
            lengths[slot] = MISSING;
        }
    }

    void found(int i, Segment segment, long position, int length, int crc) {
        int slot = slot(i);
        if (lengths[slot] != MISSING) {
            hold(segments[slot], -1, -lengths[slot]);
        }
        set(slot, segment, position, length, crc);
    }

    boolean isMissing(int i) {
        return lengths[slot(i)] == MISSING;
    }

    /** The same bytes are there now. */
    void move(int i, Segment segment, long position) {
        found(i, segment, position, length(i), crc(i));
    }

    private void set(int slot, Segment segment, long position, int length, int crc) {
        segments[slot] = segment;
        positions[slot] = position;
        lengths[slot] = length;
        crcs[slot] = crc;
        hold(segment, 1, length);
    }

    void removeFirst() {
        hold(segments[head], -1, -lengths[head]);
        head = slot(1);
        size--;
    }

    void removeLast() {
        size--;
        hold(segments[slot(size)], -1, -lengths[slot(size)]);
    }

    /** Of all records together; may be read without the lock. */
    long bytes() {
        return bytes.get();
    }

    private void hold(Segment segment, int records, int more) {
        segment.live += records;
        segment.liveBytes += more;
        bytes.addAndGet(more);
        bytesOfAll.addAndGet(more);
    }

    int size() {
        return size;
    }

    Segment segment(int i) {
        return segments[slot(i)];
    }

    long position(int i) {
        return positions[slot(i)];
    }

    int length(int i) {
        return lengths[slot(i)];
    }

    int crc(int i) {
        return crcs[slot(i)];
    }

    private int slot(int i) {
        return head + i & segments.length - 1;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, Math.multiplyExact(size, 2));
        var order = new int[size];
        Arrays.setAll(order, this::slot);
        var newSegments = new Segment[capacity];
        var newPositions = new long[capacity];
        var newLengths = new int[capacity];
        var newCrcs = new int[capacity];
        for (int i = 0; i < size; i++) {
            newSegments[i] = segments[order[i]];
            newPositions[i] = positions[order[i]];
            newLengths[i] = lengths[order[i]];
            newCrcs[i] = crcs[order[i]];
        }
        segments = newSegments;
        positions = newPositions;
        lengths = newLengths;
        crcs = newCrcs;
        head = 0;
    }
}
