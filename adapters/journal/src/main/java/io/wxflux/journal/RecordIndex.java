package io.wxflux.journal;

import java.util.Arrays;

/** Where the records of one account are, oldest first. A ring of primitives: an account may have many thousands. */
final class RecordIndex {
    private static final int FIRST_CAPACITY = 16;

    private Segment[] segments = {};
    private long[] positions = {};
    private int[] lengths = {};
    private int[] crcs = {};
    private int head;
    private int size;

    void add(Segment segment, long position, int length, int crc) {
        if (size == segments.length) {
            grow();
        }
        int slot = slot(size++);
        segments[slot] = segment;
        positions[slot] = position;
        lengths[slot] = length;
        crcs[slot] = crc;
        segment.live++;
    }

    void removeFirst() {
        segments[head].live--;
        head = slot(1);
        size--;
    }

    void removeLast() {
        size--;
        segments[slot(size)].live--;
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
