package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link PackedWriter} wrote; anything that does not fit is damage. */
final class PackedReader {
    private final String what;
    private final byte[] bytes;
    private int at;

    /** @param what it is, for people who have to mend it */
    PackedReader(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    String what() {
        return what;
    }

    CorruptStoreException damaged() {
        return new CorruptStoreException(
                what + " is damaged: its checksum fits, but not what it holds; keep the files and report it");
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == bytes.length) {
                throw damaged();
            }
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    int intNumber() {
        long value = number();
        if (value != (int) value) {
            throw damaged();
        }
        return (int) value;
    }

    /** How many things follow, each of at least a byte. */
    int count() {
        int count = intNumber();
        if (count < 0 || count > bytes.length - at) {
            throw damaged();
        }
        return count;
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void end() {
        if (at != bytes.length) {
            throw damaged();
        }
    }
}
