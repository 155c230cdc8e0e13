package io.wxflux.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** The message object exactly as the server sent it: UTF-8 JSON, byte for byte. */
public final class RawMessage {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    private RawMessage(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** Takes the array over; the caller must not change it any more. */
    public static RawMessage wrap(byte[] json) {
        return new RawMessage(json, 0, json.length);
    }

    /**
     * A part of an array, without a copy. The whole array lives as long as this does, and must not be changed any more.
     *
     * @throws IndexOutOfBoundsException when it is no part of it
     */
    public static RawMessage wrap(byte[] bytes, int offset, int length) {
        return new RawMessage(bytes, Objects.checkFromIndexSize(offset, length, bytes.length), length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** The same bytes without a copy, read-only: they are everybody's. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
    }

    public int length() {
        return length;
    }

    /** The JSON text; bytes that are no UTF-8 become U+FFFD. */
    public String json() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawMessage raw
                && Arrays.equals(bytes, offset, offset + length, raw.bytes, raw.offset, raw.offset + raw.length);
    }

    @Override
    public int hashCode() {
        return asByteBuffer().hashCode();
    }

    /** Only the size: the content belongs to the people who wrote it, not into logs. */
    @Override
    public String toString() {
        return "RawMessage[" + length + " bytes]";
    }
}
