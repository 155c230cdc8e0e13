package io.wxflux.cli;

import io.wxflux.error.ConfigurationException;
import io.wxflux.error.EngineStateException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory a demo leaves behind. An earlier demo's files are replaced; anybody else's are not touched. */
final class DemoDirectory implements Closeable {
    private static final String MARK = ".made-by-wxflux-demo";
    private static final List<String> OURS =
            List.of("accounts.yaml", "ca.pem", "events.ndjson", "events.ndjson.cursor", "events.ndjson.cursor.new");

    /** The first one of a line: what people write comes later, and with its quotes escaped. */
    private static final Pattern SOURCE = Pattern.compile("\"source\":\"/accounts/([^\"]+)\"");

    private final Path path;
    private final FileChannel lock;

    private DemoDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory and empties it of an earlier demo: the new simulator would not know the old sessions.
     *
     * @throws ConfigurationException when it holds what no demo wrote
     */
    static DemoDirectory take(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new ConfigurationException("--dir " + path + " is not a directory");
        }
        Files.createDirectories(path);
        Path mark = path.resolve(MARK);
        if (Files.notExists(mark) && !isEmpty(path)) {
            throw new ConfigurationException(
                    "--dir " + path + " holds files that no demo wrote: choose another directory");
        }
        FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new EngineStateException(
                    "another demo runs in " + path + ": stop it, or choose another directory with --dir");
        }
        for (String name : OURS) {
            Files.deleteIfExists(path.resolve(name));
        }
        deleteTree(path.resolve("state"));
        return new DemoDirectory(path, channel);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The configuration of the demo: what `run` takes, too, while a simulator listens there. */
    Path writeConfiguration(int port) throws IOException {
        return Files.writeString(file("accounts.yaml"), """
                # Written by `wxflux demo`; the next demo in this directory replaces it.
                state: ./state
                http:
                  # The simulator. For real accounts, which need neither line, make a file and a state of your own.
                  trust: ca.pem
                  connect-to: 127.0.0.1:%d
                sinks:
                  archive: { type: file, path: ./events.ndjson }
                  screen: { type: console }
                accounts:
                  - id: alice
                  - id: bob
                  - id: carol
                """.formatted(port));
    }

    /** How many events the file holds of each account. */
    Map<String, Integer> countEvents() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        Path events = file("events.ndjson");
        if (Files.exists(events)) {
            try (Stream<String> lines = Files.lines(events)) {
                lines.map(SOURCE::matcher)
                        .filter(Matcher::find)
                        .forEach(source -> counts.merge(source.group(1), 1, Integer::sum));
            }
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() { // links are deleted, not followed
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error)
                            throws IOException {
                        if (error != null) {
                            throw error;
                        }
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
