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
    @Timeout(240)
    void aBacklogIsDrainedAsItComes() throws IOException {
        JsonNode clients = drained("wxflux", "reactor-netty");
        assertThat(clients.at("/0/load/delays/0/sink").asString()).isEqualTo("file-1");
        assertThat(ratios()).hasSize(2);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void aBacklogIsDrainedByEveryClient() throws IOException {
        JsonNode clients = drained("wxflux", "wxflux-memory", "reactor-netty", "raw-netty");
        assertThat(clients.at("/1/load/delays/0/sink").asString()).isEqualTo("discard-1");
        assertThat(ratios()).hasSize(10).contains("messages/s: wxflux, durable journal");
    }

    private JsonNode drained(String... named) throws IOException {
        JsonNode clients = measured("backlog", "--batch", "3-5", "--clients", String.join(",", named));
        assertThat(clients.size()).isEqualTo(named.length);
        for (JsonNode client : clients) {
            JsonNode load = everythingArrived(client);
            assertThat(load.path("perSecond").asDouble()).as(client.toString()).isPositive();
            assertThat(load.path("roundTrips").asDouble()).as(client.toString()).isPositive();
        }
        return clients;
    }

    @Test
    @Tag("proof")
    @Timeout(240)
    void accountsGoOnAfterARestartAndAreMeasuredAgain() throws IOException {
        JsonNode clients = measured("restart", "--rate", "10", "--cold", "1s+1s");

        assertThat(clients.size()).isEqualTo(1);
        everythingArrived(clients.get(0));
        JsonNode restart = clients.at("/0/restart");
        assertThat(restart.path("messages").asLong()).as("delivered since").isPositive();
        assertThat(restart.at("/delays/0/count").asLong()).as("measured").isPositive();
        assertThat(ratios()).singleElement().asString().startsWith("delay p50 after the restart");
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void roundTripsGoAsFastAsTheyCan() throws IOException {
        JsonNode held = measured("round-trips", "--hold", "2s");
        for (JsonNode client : held) {
            JsonNode load = client.path("load");
            assertThat(load.path("violations").size()).as(client.toString()).isZero();
            assertThat(load.path("roundTrips").asDouble())
                    .as("of three accounts, two seconds each")
                    .isGreaterThan(0.5);
        }
        assertThat(ratios()).hasSize(2);
        for (JsonNode client : measured("round-trips", "--hold", "0s")) {
            assertThat(everythingArrived(client).path("roundTrips").asDouble())
                    .as("nobody waits for anything")
                    .isGreaterThan(10);
        }
    }

    /** The clients of a small run. */
    private JsonNode measured(String mode, String... more) throws IOException {
        for (Path former : left()) {
            Files.delete(former);
        }
        CommandLineRun run = CommandLineRun.plain();
        int code = run.execute(Stream.concat(
                        Stream.of(
                                "load",
                                "--mode",
                                mode,
                                "--accounts",
                                "3",
                                "--for",
                                "1s",
                                "--warm-up",
                                "1s",
                                "--idle",
                                "0s",
                                "--out",
                                directory.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(code).as(run.err()).isZero();
        assertThat(run.out()).contains("3 accounts", " × ", "report: ");
        assertThat(Files.readString(file(".html"))).contains("class=\"ratios\"");
        return JSON.readTree(Files.readString(file(".json"))).at("/runs/0/clients");
    }

    private List<String> ratios() throws IOException {
        return JSON.readTree(Files.readString(file(".json")))
                .at("/runs/0/ratios")
                .valueStream()
                .map(each -> each.path("figure").asString() + ": "
                        + each.path("client").asString())
                .toList();
    }

    private static JsonNode everythingArrived(JsonNode client) {
        JsonNode load = client.path("load");
        assertThat(load.path("queued").asLong()).as(client.toString()).isPositive();
        assertThat(load.path("delivered").asLong())
                .as(client.toString())
                .isEqualTo(load.path("queued").asLong());
        assertThat(load.path("violations").size()).as(client.toString()).isZero();
        return load;
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
                    --mode fast                     | --mode: 'fast' is not known
                    --mode backlog --rate 3         | --rate has no effect with --mode backlog
                    --hold 2s                       | --hold has no effect with --mode load
                    --cold 1s+1s                    | --cold has no effect with --mode load
                    --mode round-trips --batch 2    | --batch has no effect with --mode round-trips and polls that are held
                    --batch 20-50                   | --batch takes a range with --mode backlog only
                    --batch 0                       | --batch must be from 1 to 1000
                    --mode restart --clients raw-netty | --mode restart is for --clients wxflux
                    --mode restart --rate 0         | --rate must be more than 0
                    --mode restart --cold 5s        | --cold takes START+LENGTH
                    --mode restart --fault webpush.*=hang@1s+1s | --fault has no effect
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
