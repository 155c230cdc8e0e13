package io.wxflux.file;

import io.wxflux.error.EngineStateException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A file of lines that only grows, with one writer. Not thread-safe: one thread opens, writes and closes it. */
final class AppendFile implements Closeable {
    private static final int CHUNK = 256 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final String key;
    private final Disk disk;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);

    private AppendFile(Path path, FileChannel channel, String key, Disk disk) {
        this.path = path;
        this.channel = channel;
        this.key = key;
        this.disk = disk;
    }

    /**
     * Opens the file, made with mode 0600 when it is not there, and locks it.
     *
     * @throws EngineStateException when somebody else writes to it
     */
    static AppendFile open(Path path, Disk disk) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
        boolean created = Files.notExists(path);
        FileChannel channel = FileChannel.open(
                path,
                Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                onlyOwner());
        try {
            lock(path, channel);
            if (created && parent != null) {
                forceDirectory(parent);
            }
            return new AppendFile(path, channel, keyOf(path), disk);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new EngineStateException(path + " is being written by another wxflux or another sink; a file has one"
                    + " writer: stop the other one or choose another path");
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Tells this file from another one that took its place. */
    String key() {
        return key;
    }

    /** Whether the path leads to another file by now, or to none: somebody rotated or deleted it. */
    boolean isMoved() throws IOException {
        try {
            return !keyOf(path).equals(key);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Reads at a position; -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    void truncate(long size) throws IOException {
        disk.truncate(channel, size);
    }

    void force() throws IOException {
        disk.force(channel);
    }

    /**
     * Appends lines, each with a line end, and forces them to the disk; or, when that fails, takes back what was written
     * of them. After an error the file must be opened anew: a disk that failed once to force may say yes the next time
     * without having written.
     */
    void append(List<byte[]> lines) throws IOException {
        long base = channel.size();
        try {
            write(base, lines);
            disk.force(channel);
        } catch (IOException e) {
            takeBack(base, e);
            throw e;
        }
    }

    /** The same without forcing: for what may be lost. */
    void appendLoosely(byte[] line) throws IOException {
        long base = channel.size();
        try {
            write(base, List.of(line));
        } catch (IOException e) {
            takeBack(base, e);
            throw e;
        }
    }

    private void write(long base, List<byte[]> lines) throws IOException {
        channel.position(base);
        buffer.clear();
        for (byte[] line : lines) {
            int from = 0;
            while (from < line.length) {
                int part = Math.min(buffer.remaining(), line.length - from);
                buffer.put(line, from, part);
                from += part;
                flushWhenFull();
            }
            buffer.put((byte) '\n');
            flushWhenFull();
        }
        buffer.flip();
        disk.write(channel, buffer);
    }

    private void flushWhenFull() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.flip();
            disk.write(channel, buffer);
            buffer.clear();
        }
    }

    private void takeBack(long base, IOException cause) {
        try {
            disk.truncate(channel, base);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Releases the lock as well. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keyOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? "" : key.toString();
    }

    static FileAttribute<?>[] onlyOwner() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Without this a power cut may take a new file's name away, with everything forced into it. */
    static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system opens directories; there is nothing else to try.
        }
    }
}
