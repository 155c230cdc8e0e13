package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load driver with real processes, small; no figure is judged, only that everything is there and arrived. */
class LoadCommandTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    @Tag("process")
    @Timeout(240)
    void everyMessageArrivesAndAReportIsWritten() throws IOException {
        measure("wxflux,raw-netty", 2);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void everyClientGetsEveryMessage() throws IOException {
        measure("wxflux,wxflux-memory,reactor-netty,raw-netty,raw-netty-forced", 5);
    }

    private void measure(String named, int count) throws IOException {
        CommandLineRun run = CommandLineRun.plain();

        int code = run.execute(
                "load",
                "--accounts",
                "3",
                "--rate",
                "10",
                "--batch",
                "2",
                "--for",
                "1s",
                "--warm-up",
                "1s",
                "--idle",
                "0s",
                "--kinds",
                "text=3,image=1",
                "--clients",
                named,
                "--sinks",
                "file,discard",
                "--out",
                directory.toString());

        assertThat(code).as(run.err()).isZero();
        assertThat(run.out()).contains("3 accounts", "delay p50", "report: ", ".html", "result: ");
        Path result = file(".json");
        JsonNode clients = JSON.readTree(Files.readString(result)).at("/runs/0/clients");
        assertThat(clients.size()).isEqualTo(count);
        for (JsonNode client : clients) {
            JsonNode load = client.path("load");
            assertThat(load.path("queued").asLong()).as(client.toString()).isPositive();
            assertThat(load.path("delivered").asLong())
                    .as(client.toString())
                    .isEqualTo(load.path("queued").asLong());
            assertThat(load.path("violations").size()).as(client.toString()).isZero();
            assertThat(client.at("/memory/heapIdle").asLong()).isPositive();
        }
        assertThat(clients.at("/0/load/delays").size()).as("sinks").isEqualTo(2);
        assertThat(Files.readString(file(".html"))).contains("<svg", "Sink by sink");
        assertThat(left()).as("nothing but the result and the report").hasSize(2);

        CommandLineRun comparison = CommandLineRun.plain();
        assertThat(comparison.execute("load", "--compare", result.toString(), result.toString()))
                .isZero();
        assertThat(comparison.out()).contains("1.00 ×");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --accounts 0                    | --accounts must be from 1
                    --scale 10,0                    | --scale must be from 1
                    --clients curl                  | --clients: 'curl' is not known
                    --sinks kafka                   | --sinks: 'kafka' is not known
                    --fault webpush.*               | --fault: 'webpush.*' is not known
                    --target 127.0.0.1:9443         | needs --trust and --control
                    --for 0s                        | --for must be from 1
                    --compare one.json              | --compare
                    """)
    void wrongOptionsStartNothing(String options, String message) {
        CommandLineRun run = CommandLineRun.plain();
        String[] args = Stream.concat(Stream.of("load", "--out", directory.toString()), Stream.of(options.split(" ")))
                .toArray(String[]::new);
        assertThat(run.execute(args)).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aResultThatIsNoneIsNamed() {
        CommandLineRun run = CommandLineRun.plain();
        String missing = directory.resolve("none.json").toString();
        assertThat(run.execute("load", "--compare", missing, missing)).isEqualTo(1);
        assertThat(run.err()).contains("cannot read " + missing);
    }

    private Path file(String suffix) throws IOException {
        return left().stream()
                .filter(each -> each.toString().endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
