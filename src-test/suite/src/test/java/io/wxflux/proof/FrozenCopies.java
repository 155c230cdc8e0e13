package io.wxflux.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Copies a directory while the process that writes to it stands still: what would be there, had it been killed then. */
final class FrozenCopies implements AutoCloseable {
    private final Process shell;
    private final BufferedReader answers;

    FrozenCopies() {
        try {
            // One that is there already: the process is to stop at once, not when a new one has started.
            shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Blocks until the copy is made and the process goes on. */
    void copy(long pid, Path from, Path to) {
        try {
            shell.getOutputStream()
                    .write(("kill -STOP " + pid + "; cp -r '" + from + "' '" + to + "'; kill -CONT " + pid
                                    + "; echo copied\n")
                            .getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
            String answer = answers.readLine();
            if (!"copied".equals(answer)) {
                throw new IllegalStateException("no copy: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shell.destroy();
    }
}
