package io.wxflux.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** Results as a Markdown table: time, its error, bytes allocated, and each as a multiple of the yardsticks beside it. */
final class ResultTable {
    private ResultTable() {}

    private record Row(
            String type, Map<String, String> values, String method, double micros, double error, double bytes) {
        String name() {
            String all = values.entrySet().stream()
                    .map(each -> " " + each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining());
            return type + " " + method + all;
        }

        /** Whether it is a yardstick for the other: of the same class, with the same values of what both have. */
        boolean measures(Row other) {
            return type.equals(other.type)
                    && method.startsWith(YARDSTICK)
                    && other.values.entrySet().containsAll(values.entrySet());
        }
    }

    /** Benchmarks whose name begins like this are what the others of their class are compared with. */
    static final String YARDSTICK = "floor";

    static String of(List<RunResult> results) {
        List<Row> rows = results.stream().map(ResultTable::row).toList();
        var text = new StringBuilder(machine()).append("\n\n");
        text.append("| benchmark | µs/op | ± | B/op | compared |\n|---|---:|---:|---:|---|\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |%n",
                    row.name(),
                    number(row.micros()),
                    number(row.error()),
                    number(row.bytes()),
                    compared(row, rows)));
        }
        return text.toString();
    }

    @SuppressWarnings("rawtypes") // JMH's own signatures
    private static Row row(RunResult result) {
        BenchmarkParams params = result.getParams();
        String name = params.getBenchmark();
        int dot = name.lastIndexOf('.');
        String type = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot).replaceFirst("Benchmark$", "");
        Map<String, String> values = new LinkedHashMap<>();
        params.getParamsKeys().forEach(key -> values.put(key, params.getParam(key)));
        double bytes = Double.NaN;
        for (var secondary : result.getSecondaryResults().entrySet()) {
            if (secondary.getKey().contains("gc.alloc.rate.norm")) {
                bytes = secondary.getValue().getScore();
            }
        }
        return new Row(
                type,
                values,
                name.substring(dot + 1),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                bytes);
    }

    private static String compared(Row row, List<Row> all) {
        if (row.method().startsWith(YARDSTICK)) {
            return "";
        }
        return all.stream()
                .filter(other -> other.measures(row))
                .map(other -> String.format(
                        Locale.ROOT,
                        "%.2f × %s%s",
                        row.micros() / other.micros(),
                        other.method(),
                        other.bytes() > 1
                                ? String.format(Locale.ROOT, " (B: %.2f ×)", row.bytes() / other.bytes())
                                : ""))
                .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1_000 ? "%.1f" : "%,.0f", value);
    }

    private static String machine() {
        String cpu = "";
        try {
            cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                    .findFirst()
                    .orElse("");
        } catch (IOException elsewhere) {
            // Not Linux: the rest says what is known.
        }
        return cpu + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.runtime.version");
    }
}
