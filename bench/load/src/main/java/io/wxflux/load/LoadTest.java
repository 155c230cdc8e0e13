package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs a {@link LoadPlan}: for every number of accounts each client in turn, in a process of its own, against a simulator
 * in another. Blocks for as long as that takes.
 */
public final class LoadTest {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'load-'yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LoadTest() {}

    /**
     * What was written.
     *
     * @param summary for the screen
     * @param json all figures
     * @param html a report for people
     */
    public record Outcome(String summary, Path json, Path html) {}

    /**
     * Measures and writes the result and its report.
     *
     * @param plan what to do
     * @param words the plan as it was given, for the report
     * @param listener is told how far it is
     * @throws LoadFailed when a client cannot be measured
     * @throws InterruptedException when the thread is interrupted; every process is ended first
     */
    public static Outcome run(LoadPlan plan, String words, Listener listener) throws InterruptedException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Cores cores = !plan.pinned() ? Cores.shared() : plan.mode().isOfLimits() ? Cores.one() : Cores.halves();
        Path work = workDirectory(plan.directory());
        List<Run> runs = new ArrayList<>();
        try {
            for (int accounts : plan.accounts()) {
                List<ClientResult> clients = new ArrayList<>();
                for (ClientKind kind : plan.clients()) {
                    clients.add(measure(plan, kind, accounts, cores, work, listener));
                }
                runs.add(new Run(accounts, clients, Ratios.of(plan.mode(), clients)));
            }
        } finally {
            delete(work);
        }
        var result = new LoadResult(
                LoadResult.FORMAT, plan.mode(), started.toString(), Machine.here(), cores.line(), words, runs);
        Path json = plan.directory().resolve(NAME.format(started) + ".json");
        Path html = plan.directory().resolve(NAME.format(started) + ".html");
        write(json, Json.pretty(result) + "\n");
        write(html, Report.of(result));
        return new Outcome(Summary.of(result), json.toAbsolutePath(), html.toAbsolutePath());
    }

    /**
     * Puts two results side by side.
     *
     * @param before a result's JSON
     * @param after another one's; the report is written beside it
     * @throws LoadFailed when a file is no result
     */
    public static Outcome compare(Path before, Path after) {
        LoadResult first = read(before);
        LoadResult second = read(after);
        Path html = after.resolveSibling("compare-" + bare(before) + "-" + bare(after) + ".html");
        write(html, Report.of(Comparison.of(bare(before), first, bare(after), second)));
        return new Outcome(Comparison.text(bare(before), first, bare(after), second), after, html.toAbsolutePath());
    }

    private static String bare(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    }

    private static LoadResult read(Path file) {
        try {
            LoadResult result = Json.read(Files.readString(file), LoadResult.class);
            if (result.format() != LoadResult.FORMAT) {
                throw new LoadFailed(file + " is of format " + result.format() + ", this is " + LoadResult.FORMAT);
            }
            return result;
        } catch (IOException e) {
            throw new LoadFailed("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static ClientResult measure(
            LoadPlan plan, ClientKind kind, int accounts, Cores cores, Path work, Listener listener)
            throws InterruptedException {
        Path directory = work.resolve(kind.option() + "-" + accounts);
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.phase(kind.title() + ": starting");
        LoadPlan.Target target = plan.target();
        try (ServiceProcess service =
                target == null ? ServiceProcess.start(directory, cores.service()) : ServiceProcess.of(target)) {
            service.addAccounts(accounts, plan.friends());
            return new ClientRun(plan, kind, accounts, service, cores.client(), directory, listener).measure();
        }
    }

    private static Path workDirectory(Path results) {
        try {
            Files.createDirectories(results);
            // Journals are written there: beside the results, not on a file system that may be memory.
            return Files.createTempDirectory(results, ".work");
        } catch (IOException e) {
            throw new LoadFailed("cannot write to " + results + ": " + e.getMessage());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LoadFailed("cannot write " + file + ": " + e.getMessage());
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // What is left over is told apart by its name and does no harm.
            System.err.println("wxflux: could not delete " + directory + ": " + e.getMessage());
        }
    }
}
