package io.wxflux.simulation;

import io.wxflux.shard.AccountCommit;
import java.util.Arrays;
import java.util.BitSet;

/** What is known from outside of one account's journal: when each record became durable, its size, and who read it again. */
final class JournalLog {
    private long[] endBytes = new long[256];
    private long[] since = new long[256];
    private int next;
    private final BitSet readAgain = new BitSet();

    /** Another life of the process: what it reads is counted anew. */
    void begin() {
        readAgain.clear();
    }

    void took(AccountCommit commit, long millis) {
        long offset = commit.firstOffset();
        for (byte[] record : commit.records()) {
            if (offset >= next) {
                if (next == endBytes.length) {
                    endBytes = Arrays.copyOf(endBytes, next * 2);
                    since = Arrays.copyOf(since, next * 2);
                }
                endBytes[next] = (next == 0 ? 0 : endBytes[next - 1]) + record.length;
                since[next] = millis;
                next++;
            }
            offset++;
        }
    }

    void read(long offset) {
        readAgain.set((int) offset);
    }

    boolean wasReadAgain(long offset) {
        return readAgain.get((int) offset);
    }

    /** When it became durable. */
    long since(long offset) {
        return offset < next ? since[(int) offset] : Long.MAX_VALUE;
    }

    /** The bytes of all records behind this one that were durable before a moment. */
    long bytesBehind(long offset, long millis) {
        int low = Arrays.binarySearch(since, 0, next, millis);
        int end = low < 0 ? -low - 1 : low;
        while (end > 0 && since[end - 1] >= millis) {
            end--;
        }
        return end == 0 || offset >= end ? 0 : endBytes[end - 1] - endBytes[(int) offset];
    }
}
