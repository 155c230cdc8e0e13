package io.wxflux.internal.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file on its way: it gets its name when it is complete. Everything here blocks. */
final class PartFile {
    private static final int MOST_OF_A_NAME = 10_000;

    private final Path path;
    private final FileChannel channel;
    private volatile boolean discarded;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PartFile in(Path directory) {
        try {
            Files.createDirectories(directory);
            Path path = Files.createTempFile(directory, ".wxflux-", ".part");
            return new PartFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // Cancelled while it was writing: nobody is there to be told.
            if (!discarded) {
                throw failed(path, e);
            }
        }
    }

    /** Makes it durable and gives it the first free name. */
    Path named(String name) {
        try {
            channel.force(true);
            channel.close();
            for (int number = 1; number < MOST_OF_A_NAME; number++) {
                Path target = path.resolveSibling(LocalNames.numbered(name, number));
                if (take(target)) {
                    return target;
                }
            }
            throw new FileAlreadyExistsException(name, null, "there are " + MOST_OF_A_NAME + " files of that name");
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** @return false when there is such a file, or anything else of that name */
    private boolean take(Path target) throws IOException {
        try {
            // A move would replace what is there; a second name fails if it is taken.
            Files.createLink(target, path);
            Files.deleteIfExists(path);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | IOException noLinks) {
            return reserve(target);
        }
    }

    /** Where there are no links: the name is taken by an empty file, which is then replaced. */
    private boolean reserve(Path target) throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Nobody may take an empty file for what was to be downloaded.
            Files.deleteIfExists(target);
            throw e;
        }
        return true;
    }

    /** What was not given a name is gone. */
    void discard() {
        discarded = true;
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static UncheckedIOException failed(Path where, IOException error) {
        return new UncheckedIOException(
                "a download could not be written at " + where + " ("
                        + error.getClass().getSimpleName() + "); see that there is room and leave to write",
                error);
    }
}
