package io.wxflux.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment from the first to the last valid one. */
final class FrameReader {
    private static final int WINDOW = 1 << 20;

    private final LogFiles.LogFile file;
    private final long salt;
    private final long end;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer window;
    private long windowStart;

    private long next = Frame.FILE_HEADER;
    private int previous;
    private @Nullable Unsealing unsealing;
    private @Nullable Seal seal;
    private byte @Nullable [] plain;

    private long position;
    private int kind;
    private int length;
    private long durable;

    FrameReader(LogFiles.LogFile file, long salt, int fileCrc, long end) {
        this.file = file;
        this.salt = salt;
        this.previous = fileCrc;
        this.end = end;
        this.window = ByteBuffer.allocateDirect((int) Math.min(WINDOW, end)).limit(0);
    }

    /** What is encrypted is given as it was; without this, as it stands there. */
    FrameReader unsealing(Unsealing by) {
        unsealing = by;
        return this;
    }

    /** Finds the seal of a segment by the payload of the frame that announces it. */
    interface Unsealing {
        Seal open(ByteBuffer payload);
    }

    /**
     * Moves to the next frame. False when there is none, or it is damaged: then {@link #nextPosition()} is not the end.
     *
     * @throws Values.Damage when its checksums are right and yet it was not written there with this key
     */
    boolean advance() throws IOException {
        if (!next()) {
            return false;
        }
        if (kind == Frame.SEALED && unsealing != null) {
            seal = unsealing.open(payload());
            return advance();
        }
        if (seal != null) {
            plain = seal.opened(window, (int) (position - windowStart));
            seal.begins(position);
        }
        return true;
    }

    /** Moves to the next frame as it stands there. False when there is none, or it is damaged: then {@link #nextPosition()} is not the end. */
    private boolean next() throws IOException {
        if (!headerAt(next)) {
            return false;
        }
        int at = (int) (next - windowStart);
        int payload = window.getInt(at + Frame.LENGTH);
        if (payload < 0 || payload > end - next - Frame.HEADER || window.getInt(at + Frame.PREVIOUS) != previous) {
            return false;
        }
        have(next, Frame.HEADER + payload);
        at = (int) (next - windowStart);
        if (window.getInt(at + Frame.PAYLOAD_CRC) != Frame.payloadCrc(window, at + Frame.HEADER, payload, crc)) {
            return false;
        }
        position = next;
        kind = window.getInt(at + Frame.KIND);
        length = payload;
        durable = window.getLong(at + Frame.DURABLE);
        previous = window.getInt(at + Frame.HEADER_CRC);
        next += Frame.HEADER + payload;
        return true;
    }

    int kind() {
        return kind;
    }

    /** How much of the segment was durable when this frame was written. */
    long durable() {
        return durable;
    }

    long position() {
        return position;
    }

    long payloadPosition() {
        return position + Frame.HEADER + (plain == null ? 0 : Seal.BEFORE);
    }

    /** The payload; valid until the next move. */
    ByteBuffer payload() {
        return plain != null
                ? ByteBuffer.wrap(plain)
                : window.slice((int) (position + Frame.HEADER - windowStart), length);
    }

    /** After the last valid frame. */
    long nextPosition() {
        return next;
    }

    /**
     * Looks beyond the damage at {@link #nextPosition()} for a frame that was written after that place had been forced.
     *
     * @return where that frame is; -1 when nothing proves that the damaged place was ever acknowledged
     */
    long proofOfDamage() throws IOException {
        for (long at = next; at <= end - Frame.HEADER; at++) {
            if (headerAt(at) && window.getLong((int) (at - windowStart) + Frame.DURABLE) > next) {
                return at;
            }
        }
        return -1;
    }

    private boolean headerAt(long at) throws IOException {
        if (end - at < Frame.HEADER) {
            return false;
        }
        have(at, Frame.HEADER);
        int local = (int) (at - windowStart);
        return window.getLong(local + Frame.POSITION) == at
                && window.getInt(local + Frame.HEADER_CRC) == Frame.headerCrc(window, local, salt, crc);
    }

    /** Brings a range that lies before the end into the window. */
    private void have(long at, int bytes) throws IOException {
        if (at >= windowStart && at + bytes <= windowStart + window.limit()) {
            return;
        }
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocateDirect(bytes);
        }
        window.clear().limit((int) Math.min(window.capacity(), end - at));
        windowStart = at;
        while (window.hasRemaining()) {
            if (file.read(window, at + window.position()) <= 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        window.flip();
    }
}
