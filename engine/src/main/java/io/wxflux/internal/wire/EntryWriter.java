package io.wxflux.internal.wire;

import io.wxflux.model.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a journal entry: numbers as 8 bytes, texts as their length in 4 bytes and UTF-8. */
final class EntryWriter {
    /** What every entry begins with. */
    static final int FIXED = 2;

    private byte[] bytes;
    private int size;

    EntryWriter(int expected, byte form) {
        bytes = new byte[Math.max(16, expected)];
        bytes[size++] = EntryForm.VERSION;
        bytes[size++] = form;
    }

    void number(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (utf8.length >>> shift);
        }
        rest(utf8);
    }

    void rest(byte[] tail) {
        reserve(tail.length);
        System.arraycopy(tail, 0, bytes, size, tail.length);
        size += tail.length;
    }

    void rest(RawMessage tail) {
        reserve(tail.length());
        tail.asByteBuffer().get(bytes, size, tail.length());
        size += tail.length();
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(size * 2, size), more));
        }
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
