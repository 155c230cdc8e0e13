package io.wxflux.cli;

import io.wxflux.Engine;
import io.wxflux.journal.FileJournal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** One use of the command line within this process. */
final class CommandLineRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final boolean terminal;
    private InputStream in = InputStream.nullInputStream();

    CommandLineRun(boolean terminal) {
        this.terminal = terminal;
    }

    static CommandLineRun plain() {
        return new CommandLineRun(false);
    }

    /** What is typed, or piped in. */
    CommandLineRun typing(InputStream typed) {
        in = typed;
        return this;
    }

    int execute(String... args) {
        PrintStream stdout = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Screen screen = new Screen(stdout, stderr, terminal, terminal, terminal, terminal);
        return Wxflux.execute(args, new Surroundings(screen, in, stop, Engine::create, FileJournal::open, false));
    }

    CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(() -> execute(args), work -> new Thread(work, "test-command").start());
    }

    void stop() {
        stop.request();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
