package io.wxflux.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Frames on their way to a segment, in one direct buffer that is used again and again. */
final class FrameBuffer {
    private static final int USUAL = 1 << 16;
    private static final int KEPT = 1 << 22;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocateDirect(USUAL);
    private long salt;
    private long base;
    private long durable;
    private int previous;
    private int frame;
    private @Nullable Seal seal;

    /** Begins anew: the frames to come stand in the file from {@code base} on. */
    void start(Segment segment, long base, int previous, long durable) {
        start(segment.salt, base, previous, durable);
        seal = segment.seal;
    }

    /** As {@link #start(Segment, long, int, long)}, not encrypted. */
    void start(long salt, long base, int previous, long durable) {
        seal = null;
        if (bytes.capacity() > KEPT) {
            bytes = ByteBuffer.allocateDirect(USUAL);
        }
        bytes.clear();
        this.salt = salt;
        this.base = base;
        this.previous = previous;
        this.durable = durable;
    }

    void putFileHeader(long number, long epoch) {
        reserve(Frame.FILE_HEADER);
        int at = bytes.position();
        bytes.putLong(Frame.MAGIC).putInt(Frame.VERSION).putLong(number).putLong(salt);
        bytes.putLong(epoch);
        previous = Frame.fileCrc(bytes, at, crc);
        bytes.putInt(previous);
    }

    /** The frames from now on are encrypted; null: they are not. */
    void seal(@Nullable Seal with) {
        seal = with;
    }

    void begin() {
        int start = Frame.HEADER + (seal == null ? 0 : Seal.BEFORE);
        reserve(start);
        frame = bytes.position();
        bytes.position(frame + start);
    }

    void end(int kind) {
        int payload = frame + Frame.HEADER;
        int length = bytes.position() - payload + (seal == null ? 0 : Seal.AFTER);
        bytes.putInt(frame + Frame.LENGTH, length);
        bytes.putInt(frame + Frame.KIND, kind);
        bytes.putLong(frame + Frame.POSITION, base + frame);
        bytes.putLong(frame + Frame.DURABLE, durable);
        bytes.putInt(frame + Frame.PREVIOUS, previous);
        if (seal != null) {
            close(seal);
        }
        bytes.putInt(frame + Frame.PAYLOAD_CRC, Frame.payloadCrc(bytes, payload, length, crc));
        previous = Frame.headerCrc(bytes, frame, salt, crc);
        bytes.putInt(frame + Frame.HEADER_CRC, previous);
    }

    private void close(Seal with) {
        int start = frame + Frame.HEADER + Seal.BEFORE;
        var plain = new byte[bytes.position() - start];
        bytes.get(start, plain);
        long nonce = with.nextNonce();
        bytes.putLong(frame + Frame.HEADER, nonce);
        reserve(Seal.AFTER);
        bytes.position(start).put(with.closed(plain, bytes, frame, nonce));
        with.begins(base + frame);
    }

    /** Writes everything to its place; more frames may follow after it. */
    void writeTo(LogFiles.LogFile file) throws IOException {
        int length = bytes.position();
        if (length > 0) {
            file.write(bytes.flip(), base);
            bytes.clear();
            base += length;
        }
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    int size() {
        return bytes.position();
    }

    /** Where in the file the next byte goes. */
    long position() {
        return base + bytes.position();
    }

    /** What the next frame names as its predecessor. */
    int previous() {
        return previous;
    }

    void put(byte[] value) {
        putUnsigned(value.length);
        putRaw(value);
    }

    void putRaw(byte[] value) {
        reserve(value.length);
        bytes.put(value);
    }

    void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    void put(byte value) {
        reserve(1);
        bytes.put(value);
    }

    void putSigned(long value) {
        putUnsigned(value << 1 ^ value >> 63);
    }

    /** Seven bits a byte, low ones first; at most ten bytes. */
    void putUnsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private void reserve(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(Math.multiplyExact(bytes.capacity(), 2), Math.addExact(bytes.position(), more));
            bytes = ByteBuffer.allocateDirect(size).put(bytes.flip());
        }
    }
}
