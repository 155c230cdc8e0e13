package io.wxflux.proof;

import io.wxflux.Engine;
import io.wxflux.config.RunnerConfig;
import io.wxflux.config.SinkConfig;
import io.wxflux.file.FileSink;
import io.wxflux.journal.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes on where copies of a run's directory stand, without any service, until the file has what it has to have. */
final class ResumeProgram {
    private static final Pattern ID = Pattern.compile("\"msgId\":\"(\\d+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ResumeProgram() {}

    /** @param args directories with {@code accounts.yaml}, {@code state}, {@code events.ndjson} and {@code covered.txt} */
    public static void main(String[] args) throws IOException {
        for (String each : args) {
            Path directory = Path.of(each);
            System.out.println(directory.getFileName() + " missing " + resume(directory));
        }
        System.out.println("all resumed");
        System.exit(0);
    }

    private static int resume(Path directory) throws IOException {
        Set<String> covered = new HashSet<>(Files.readAllLines(directory.resolve("covered.txt")));
        Path events = directory.resolve("events.ndjson");
        RunnerConfig config = RunnerConfig.load(directory.resolve("accounts.yaml"));
        Engine engine =
                Engine.create(config.toEngineOptions(sink -> new FileSink(sink.name(), ((SinkConfig.File) sink).path()))
                        .coordinator(FileJournal.open(config.state()))
                        .build());
        var running = engine.run().toFuture();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (missing(covered, events) > 0 && System.nanoTime() < deadline && !running.isDone()) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        engine.stop().block(PATIENCE);
        running.join();
        return missing(covered, events);
    }

    private static int missing(Set<String> covered, Path events) throws IOException {
        List<String> lines = Files.exists(events) ? Files.readAllLines(events) : List.of();
        Set<String> missing = new HashSet<>(covered);
        for (String line : lines) {
            Matcher id = ID.matcher(line);
            if (id.find()) {
                missing.remove(id.group(1));
            }
        }
        return missing.size();
    }
}
