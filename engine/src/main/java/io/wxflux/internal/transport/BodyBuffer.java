package io.wxflux.internal.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body as it comes in, within its limit. Grows with what came, never with what was announced. */
final class BodyBuffer {
    private static final byte[] NOTHING = {};
    private static final int FIRST = 512;

    private final int most;
    private final int largest;
    private byte[] bytes = NOTHING;
    private int size;

    /** @param announced length, so that what came needs no copy in the end; negative when there is none */
    BodyBuffer(int most, long announced) {
        this.most = most;
        this.largest = announced < 0 ? most : (int) Math.min(most, announced);
    }

    void append(ByteBuf part) throws BrokenAnswer {
        int length = part.readableBytes();
        if (length > most - size) {
            throw BrokenAnswer.tooLarge(most);
        }
        if (size + length > bytes.length) {
            long doubled = Math.max(FIRST, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.max(size + length, Math.min(largest, doubled)));
        }
        part.readBytes(bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    byte[] plain() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    byte[] gunzipped() throws BrokenAnswer {
        return GzipBody.decoded(bytes, size, most);
    }
}
