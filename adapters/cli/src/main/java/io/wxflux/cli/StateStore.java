package io.wxflux.cli;

import io.wxflux.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** The state directory as the runner sees it, beside what the journal keeps there. */
final class StateStore {
    private static final String NAME = "journal-id";

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
        return directory.resolve("dead-letters.ndjson");
    }

    /**
     * Tells this journal from another one that was here before: a file sink must not take the offsets of a journal that
     * was deleted for its own.
     */
    String journalId() {
        Path file = directory.resolve(NAME);
        try {
            create(file);
            String id = Files.readString(file).strip();
            if (id.isEmpty()) { // killed between the two steps of making it
                id = UUID.randomUUID().toString();
                Files.writeString(file, id + "\n", StandardOpenOption.SYNC);
            }
            return id;
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // As nearly always.
        }
    }

    private static FileAttribute<?>[] mode(String mode) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static StoreUnavailableException unavailable(Path path, IOException cause) {
        return new StoreUnavailableException(path + " cannot be used: " + cause, cause);
    }
}
