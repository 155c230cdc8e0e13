package io.wxflux.internal.wire;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.model.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link EntryWriter} wrote; anything that does not fit is damage. */
final class EntryReader {
    private final byte[] bytes;
    private int at;

    EntryReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    static CorruptStoreException damaged() {
        return new CorruptStoreException(
                "a journal record is damaged: its checksum fits, but not what it holds; keep the files and report it");
    }

    long number() {
        long value = 0;
        for (int end = advance(8); at < end; at++) {
            value = value << 8 | bytes[at] & 0xFF;
        }
        return value;
    }

    int intNumber() {
        long value = number();
        if (value != (int) value) {
            throw damaged();
        }
        return (int) value;
    }

    String text() {
        int length = 0;
        for (int end = advance(4); at < end; at++) {
            length = length << 8 | bytes[at] & 0xFF;
        }
        int start = at;
        at = advance(length);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** Without a copy. */
    RawMessage restAsMessage() {
        RawMessage rest = RawMessage.wrap(bytes, at, bytes.length - at);
        at = bytes.length;
        return rest;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    void end() {
        if (at != bytes.length) {
            throw damaged();
        }
    }

    private int advance(int count) {
        if (count < 0 || count > bytes.length - at) {
            throw damaged();
        }
        return at + count;
    }
}
