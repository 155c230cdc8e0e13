package io.wxflux.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private record Row(String group, String method, double micros, double error, double bytes) {}

    /** Benchmarks whose name begins like this are what the others of their class are compared with. */
    static final String YARDSTICK = "floor";

    static String of(List<RunResult> results) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (RunResult result : results) {
            Row row = row(result);
            groups.computeIfAbsent(row.group(), name -> new ArrayList<>()).add(row);
        }
        var text = new StringBuilder(machine()).append("\n\n");
        text.append("| benchmark | µs/op | ± | B/op | compared |\n|---|---:|---:|---:|---|\n");
        groups.forEach((group, rows) -> rows.forEach(row -> text.append(String.format(
                Locale.ROOT,
                "| %s %s | %s | %s | %s | %s |%n",
                group,
                row.method(),
                number(row.micros()),
                Double.isNaN(row.error()) ? "" : number(row.error()),
                number(row.bytes()),
                compared(row, rows)))));
        return text.toString();
    }

    @SuppressWarnings("rawtypes") // JMH's own signatures
    private static Row row(RunResult result) {
        BenchmarkParams params = result.getParams();
        String name = params.getBenchmark();
        int dot = name.lastIndexOf('.');
        String type = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot).replaceFirst("Benchmark$", "");
        String values = params.getParamsKeys().stream()
                .map(key -> key + "=" + params.getParam(key))
                .collect(Collectors.joining(" "));
        double bytes = Double.NaN;
        for (var secondary : result.getSecondaryResults().entrySet()) {
            if (secondary.getKey().contains("gc.alloc.rate.norm")) {
                bytes = secondary.getValue().getScore();
            }
        }
        return new Row(
                values.isEmpty() ? type : type + " " + values,
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
                .filter(other -> other.method().startsWith(YARDSTICK))
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
