package io.wxflux.journal;

import io.wxflux.error.ConfigurationException;
import io.wxflux.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A state directory that is ours alone: its rights are checked, and a lock keeps every other process out. */
final class StateDirectory implements FileCoordinator.Home.Held {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String LOCK = "lock";

    /**
     * Of this process. The system's lock alone will not do: it is held by the process, and opening and closing the lock
     * file a second time would release it.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private StateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static StateDirectory take(Path wanted) throws IOException {
        Path path = prepare(wanted);
        if (!IN_USE.add(path)) {
            throw new StoreUnavailableException("the state directory " + path
                    + " is in use already, by this process: close its other engine first");
        }
        try {
            return new StateDirectory(path, lock(path));
        } catch (IOException | RuntimeException e) {
            IN_USE.remove(path);
            throw e;
        }
    }

    @Override
    public LogFiles files() {
        return new DiskFiles(path);
    }

    @Override
    public void release() throws IOException {
        try {
            lock.close();
        } finally {
            IN_USE.remove(path);
        }
    }

    private static Path prepare(Path wanted) throws IOException {
        Path absolute = wanted.toAbsolutePath();
        boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(absolute)) {
            if (posix) {
                Files.createDirectories(absolute, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.setPosixFilePermissions(absolute, OWNER_ONLY);
            } else {
                Files.createDirectories(absolute);
            }
            Path parent = absolute.getParent();
            if (parent != null) {
                DiskFiles.force(parent);
            }
        }
        Path path = absolute.toRealPath();
        if (posix) {
            check(path);
        }
        return path;
    }

    private static void check(Path path) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new ConfigurationException(
                    "the state directory " + path + " (" + PosixFilePermissions.toString(rights)
                            + ") can be written by others, who could take the accounts over. Run: chmod 700 " + path);
        }
        Object owner = Files.getAttribute(path, "unix:uid");
        Path probe = Files.createTempFile(path, ".owner", "");
        try {
            Object self = Files.getAttribute(probe, "unix:uid");
            if (!owner.equals(self)) {
                throw new ConfigurationException("the state directory " + path + " belongs to user id " + owner
                        + ", but this process runs as " + self + ". Run wxflux as the owner, or: chown " + self + " "
                        + path);
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        Path file = path.resolve(LOCK);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                new DiskFiles(path).create(LOCK).close();
            } catch (FileAlreadyExistsException e) {
                // Another process was a moment faster; the lock decides.
            }
        }
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(0, 1, false);
            if (lock == null) {
                throw new StoreUnavailableException("the state directory " + path + " is in use by another process"
                        + holder(channel) + ": stop that one, or give this one a directory of its own");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim();
        return pid.matches("\\d+") ? " (" + pid + ")" : "";
    }
}
