package io.wxflux.cli;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.file.DiskReason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The state directory as the runner sees it, beside what the journal keeps there. */
final class StateStore {
    static final String DEAD_LETTERS = "dead-letters.ndjson";

    private final Path directory;

    private StateStore(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory, for its owner only, when it is not there. */
    static StateStore in(Path directory) {
        try {
            Files.createDirectories(directory, mode("rwx------"));
        } catch (IOException e) {
            throw unavailable(directory, e);
        }
        return new StateStore(directory);
    }

    Path deadLetters() {
        return directory.resolve(DEAD_LETTERS);
    }

    private static FileAttribute<?>[] mode(String mode) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static StoreUnavailableException unavailable(Path path, IOException cause) {
        return new StoreUnavailableException(
                "the state directory " + path + " cannot be made: " + DiskReason.of(cause)
                        + "; give `state` a path where this user may write",
                cause);
    }
}
