package io.wxflux.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the whole lines of a file, one after the other. */
final class LineReader {
    private final AppendFile file;
    private final int most;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024).flip();
    private long read;
    private long position;
    private long next;

    LineReader(AppendFile file, int most) {
        this.file = file;
        this.most = most;
    }

    /** Where the line that came last begins. */
    long position() {
        return position;
    }

    /** Without its line end; null behind the last one, what follows it included. */
    byte @Nullable [] next() throws IOException {
        byte[] line = new byte[1024];
        int length = 0;
        position = next;
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = file.read(buffer, read);
                buffer.flip();
                if (count < 0) {
                    return null;
                }
                read += count;
            }
            byte b = buffer.get();
            next++;
            if (b == '\n') {
                return Arrays.copyOf(line, length);
            }
            if (length == most) {
                throw new IOException("a line of more than " + most + " bytes");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, (int) Math.min(most, length * 2L));
            }
            line[length++] = b;
        }
    }
}
