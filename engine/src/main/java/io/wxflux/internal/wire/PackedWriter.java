package io.wxflux.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small numbers and texts in few bytes: seven bits of a number a byte, the low ones first. */
final class PackedWriter {
    private byte[] bytes;
    private int size;

    PackedWriter(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    /** Not negative by habit: a negative one takes ten bytes. */
    PackedWriter number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    PackedWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(size * 2, size), more));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
