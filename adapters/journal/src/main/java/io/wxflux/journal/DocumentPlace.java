package io.wxflux.journal;

import java.nio.charset.StandardCharsets;

/**
 * Where the value of a document is. There may be hundreds for each account, so the key is kept as the bytes it is.
 *
 * @param key ASCII
 * @param crc of the value
 */
record DocumentPlace(byte[] key, Segment segment, long position, int length, int crc) {
    /** More than a frame of its own and the name of its account take. */
    private static final int OVERHEAD = 64;

    String keyText() {
        return new String(key, StandardCharsets.US_ASCII);
    }

    /** What moving it to another segment writes at most. */
    long weight() {
        return (long) length + key.length + OVERHEAD;
    }
}
