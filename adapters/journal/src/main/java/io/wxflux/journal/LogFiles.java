package io.wxflux.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The few things the log asks of a directory and its files. The one seam to the disk: crash tests record what passes
 * through it and replay it with whatever was not forced lost or torn.
 */
interface LogFiles {
    List<String> names() throws IOException;

    /** A new, empty file; an error if the name is taken. */
    LogFile create(String name) throws IOException;

    LogFile open(String name) throws IOException;

    /** Atomic. Durable, like creation and deletion, only after {@link #force()}. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Makes the names durable, not the contents. */
    void force() throws IOException;

    /** How messages name a file. */
    String describe(String name);

    /** One file; positional only, so that several threads may read while one writes. */
    interface LogFile extends Closeable {
        long size() throws IOException;

        /** All that remains of the buffer, or an exception; then any part of it may have been written. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** As much as fits, or as there is: 0 at the end. */
        int read(ByteBuffer into, long position) throws IOException;

        void truncate(long size) throws IOException;

        /** Makes the contents durable. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
