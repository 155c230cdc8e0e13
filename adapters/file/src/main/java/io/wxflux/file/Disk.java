package io.wxflux.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The calls by which a disk says that it is full or broken: the seam of the tests. */
interface Disk {
    Disk REAL = new Disk() {};

    default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    default void force(FileChannel channel) throws IOException {
        channel.force(false);
    }

    default void truncate(FileChannel channel, long size) throws IOException {
        channel.truncate(size);
    }
}
