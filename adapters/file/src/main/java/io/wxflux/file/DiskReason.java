package io.wxflux.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the disk refused something, in words. The exceptions' own messages are mostly the path and nothing else. */
public final class DiskReason {
    private DiskReason() {}

    /** A few words without the path, on one line; an unknown exception with the name of its class. */
    public static String of(IOException error) {
        if (error instanceof AccessDeniedException) {
            return "this user may not (permission denied)";
        }
        if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
            return "there is no such file or folder";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "something of that name is there already";
        }
        if (error instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (error instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        // The system's own words, such as "No space left on device".
        String reason = error instanceof FileSystemException system ? system.getReason() : error.getMessage();
        return TerminalText.line(reason == null || reason.isBlank() ? error.toString() : reason, 300);
    }
}
