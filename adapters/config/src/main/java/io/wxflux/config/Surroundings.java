package io.wxflux.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a run could write where the file says, told without writing anything. */
public final class Surroundings {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");

    private Surroundings() {}

    /**
     * Looks at a state directory, by the rules of the journal. Blocks for the disk; makes nothing.
     *
     * @return what is wrong, in words; null when a run could use it, or make it
     */
    public static @Nullable String ofState(Path directory) {
        if (!Files.exists(directory)) {
            return Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    ? Quote.of(directory.toString()) + " is a link that leads nowhere"
                    : ofMissing(directory);
        }
        String shown = Quote.of(directory.toString());
        if (!Files.isDirectory(directory)) {
            return shown + " is no directory";
        }
        String rights = ofRights(directory, shown);
        if (rights != null) {
            return rights;
        }
        return isUsable(directory) ? null : shown + " cannot be written";
    }

    /**
     * Looks at the file of a sink and its folder. Blocks for the disk; makes nothing.
     *
     * @return what is wrong, in words; null when the file could be made, or written, in a folder that is there
     */
    public static @Nullable String ofFile(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            return null;
        }
        String shown = Quote.of(parent.toString());
        if (!Files.exists(parent)) {
            return "there is no folder " + shown + "; make it, or correct the path";
        }
        if (!Files.isDirectory(parent)) {
            return shown + " is no folder";
        }
        // Beside the file there is its cursor file, so the folder must be writable in any case.
        if (!isUsable(parent)) {
            return "the folder " + shown + " cannot be written";
        }
        return Files.exists(file) && !Files.isWritable(file) ? Quote.of(file.toString()) + " cannot be written" : null;
    }

    private static @Nullable String ofMissing(Path directory) {
        Path above = directory.getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above == null) {
            return null;
        }
        String prefix = Quote.of(directory.toString()) + " cannot be made: " + Quote.of(above.toString());
        if (!Files.isDirectory(above)) {
            return prefix + " is no directory";
        }
        return isUsable(above) ? null : prefix + " cannot be written";
    }

    private static boolean isUsable(Path directory) {
        return Files.isWritable(directory) && Files.isExecutable(directory);
    }

    private static @Nullable String ofRights(Path directory, String shown) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return null;
        }
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
            if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
                return shown + " (" + PosixFilePermissions.toString(rights)
                        + ") can be written by others, who could take" + " the accounts over; run: chmod 700 "
                        + Quote.plain(directory.toString());
            }
            String owner = String.valueOf(Files.getAttribute(directory, "unix:uid"));
            String self = ownId();
            return self == null || self.equals(owner)
                    ? null
                    : shown + " belongs to user id " + owner + ", but this process runs as " + self;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return shown + " cannot be looked at";
        }
    }

    /** The user new files would belong to; null where the system does not tell without one being made. */
    private static @Nullable String ownId() {
        try {
            for (String line : Files.readAllLines(OWN_STATUS)) {
                if (line.startsWith("Uid:")) {
                    String[] ids = line.split("\\s+");
                    return ids[ids.length - 1];
                }
            }
        } catch (IOException e) {
            // Not Linux: a run tells.
        }
        return null;
    }
}
