package io.wxflux.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the micro-benchmarks, always with the GC profiler beside the times.
 *
 * <p>{@code verify} runs each once, to see that it still works; {@code short [PATTERN...]} measures with one fork and few
 * iterations, for a hint; {@code full [PATTERN...]} is what results of record are made with; anything else is handed to
 * JMH's own command line. Results go to {@code jmh.json} and {@code jmh.md} in the directory of {@code -Dout}.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs until done.
     *
     * @param args see the class
     * @throws RunnerException when a benchmark fails
     * @throws IOException when the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        String mode = args.length == 0 ? "full" : args[0];
        List<String> patterns = args.length == 0 ? List.of() : List.of(args).subList(1, args.length);
        switch (mode) {
            case "verify" -> System.out.println(verify() + " benchmarks ran");
            case "short" ->
                run(measured(patterns)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(700))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(700)));
            case "full" -> run(measured(patterns));
            default -> org.openjdk.jmh.Main.main(args);
        }
    }

    /**
     * Runs every benchmark once with every parameter, in this process.
     *
     * @return how many there are, each parameter counted
     * @throws RunnerException when one fails
     */
    public static int verify() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(".*")
                        .forks(0)
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()
                .size();
    }

    private static ChainedOptionsBuilder measured(List<String> patterns) {
        ChainedOptionsBuilder options =
                new OptionsBuilder().addProfiler(GCProfiler.class).shouldFailOnError(true);
        for (String pattern : patterns.isEmpty() ? List.of(".*") : patterns) {
            options.include(pattern);
        }
        return options;
    }

    private static void run(ChainedOptionsBuilder options) throws RunnerException, IOException {
        Path directory = Path.of(System.getProperty("out", "."));
        Files.createDirectories(directory);
        Path json = directory.resolve("jmh.json");
        Collection<RunResult> results = new Runner(options.resultFormat(ResultFormatType.JSON)
                        .result(json.toString())
                        .build())
                .run();
        String table = ResultTable.of(new ArrayList<>(results));
        Files.writeString(directory.resolve("jmh.md"), table);
        System.out.println();
        System.out.println(table);
    }
}
