package io.wxflux.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The message object exactly as the server sent it: UTF-8 JSON, byte for byte. */
public final class RawMessage {
    private final byte[] json;

    private RawMessage(byte[] json) {
        this.json = json;
    }

    /** Takes the array over; the caller must not change it any more. */
    public static RawMessage wrap(byte[] json) {
        return new RawMessage(json);
    }

    public byte[] toByteArray() {
        return json.clone();
    }

    public int length() {
        return json.length;
    }

    /** The JSON text; bytes that are no UTF-8 become U+FFFD. */
    public String json() {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawMessage raw && Arrays.equals(json, raw.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    /** Only the size: the content belongs to the people who wrote it, not into logs. */
    @Override
    public String toString() {
        return "RawMessage[" + json.length + " bytes]";
    }
}
