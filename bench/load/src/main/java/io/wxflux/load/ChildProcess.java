package io.wxflux.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of this class path in a process of its own. Its lines are read by a thread, so that it never waits for us; what
 * it says on standard error goes to a file. It is ended by closing its standard input, and by force if that does not do.
 */
final class ChildProcess implements AutoCloseable {
    private static final String END = "\0";
    private static final String LOGGING = "io/wxflux/load/logback.xml";
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Path log;

    /**
     * @param cores the only ones it may use; empty = all
     * @param log for what it says on standard error
     */
    ChildProcess(List<Integer> cores, List<String> jvm, Path log, Class<?> program, String... arguments) {
        this.log = log;
        List<String> command = new ArrayList<>(Cores.pinned(cores));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Dfile.encoding=UTF-8");
        // Where Logback is on the class path, it would take every debug line of Reactor Netty for something to write.
        command.add("-Dlogback.configurationFile=" + LOGGING);
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "load-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private static String absolute(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // as good as its end
        }
        lines.add(END);
    }

    /** The next line it says; null when there was none for so long. */
    @Nullable
    String line(long millis) throws InterruptedException {
        String line = lines.poll(millis, TimeUnit.MILLISECONDS);
        if (END.equals(line)) {
            lines.add(END);
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new LoadFailed("a process ended by itself, with " + (process.isAlive() ? "?" : process.exitValue())
                    + "; its last words:\n" + lastWords());
        }
        return line;
    }

    private String lastWords() {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
        } catch (IOException e) {
            return "(none)";
        }
    }

    void say(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            throw new LoadFailed("a process ended by itself; its last words:\n" + lastWords());
        }
    }

    ProcessUse use() {
        return new ProcessUse(process.toHandle());
    }

    /** Waits for its own end after it was told to stop, and makes an end of it otherwise. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
