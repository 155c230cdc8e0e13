package io.wxflux.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link FrameBuffer} wrote into one frame. Its checksum was right, so nonsense is a fault of the writer. */
final class Payload {
    private final ByteBuffer bytes;
    private final long start;

    Payload(ByteBuffer bytes, long filePosition) {
        this.bytes = bytes;
        this.start = filePosition;
    }

    long filePosition() {
        return start + bytes.position();
    }

    byte next() {
        return bytes.get();
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number of things of which each takes at least one byte. */
    int count() {
        long count = unsigned();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("a count beyond the end of its frame");
        }
        return (int) count;
    }

    byte[] bytes() {
        var value = new byte[count()];
        bytes.get(value);
        return value;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Passes over some bytes and tells their checksum. */
    int skip(int length, CRC32C crc) {
        int limit = bytes.limit();
        bytes.limit(bytes.position() + length);
        crc.reset();
        crc.update(bytes);
        bytes.limit(limit);
        return (int) crc.getValue();
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }
}
