package io.wxflux.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in which everything is on the disk before {@link #append} returns; the simplest durable client there is. */
final class ForcedFile {
    private final FileChannel channel;

    private ForcedFile(FileChannel channel) {
        this.channel = channel;
    }

    static ForcedFile in(String directory) {
        try {
            return new ForcedFile(FileChannel.open(
                    Path.of(directory).resolve("answers"), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
