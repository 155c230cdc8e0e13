package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimulatorMain;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} in one process, the simulator in another: everything arrives once, and threads do not grow with accounts. */
@Tag("process")
class ManyAccountsTests {
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"[^}]*?\"uin\":(\\d+)");
    private static final Pattern LOGGED = Pattern.compile("\"msgId\":\"(\\d+)\"");

    @TempDir
    Path directory;

    @Test
    void fortyAccountsForASecond() throws Exception {
        Result result = prove(40, Duration.ofSeconds(1));
        assertThat(result.messages()).isGreaterThan(40);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void twoHundredAccountsForAMinute() throws Exception {
        int idle = idleThreads();
        Result few = prove(20, Duration.ofSeconds(20));
        Result many = prove(200, Duration.ofSeconds(60));
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.println("threads: " + idle + " in an idle JVM, " + few.threads() + " with 20 accounts, "
                + many.threads() + " with 200, on " + cores + " cores");
        assertThat(many.threads()).isEqualTo(few.threads());
        assertThat(many.threads() - idle).isLessThanOrEqualTo(cores + 12);
    }

    private record Result(long messages, int threads) {}

    private Result prove(int accounts, Duration time) throws Exception {
        Path home = Files.createDirectory(directory.resolve("with-" + accounts));
        Path authority = home.resolve("ca.pem");
        Path serviceLog = home.resolve("service.log");
        try (var service = ChildProcess.start(
                serviceLog,
                SimulatorMain.class.getName(),
                "--port",
                "0",
                "--control-port",
                "0",
                "--accounts",
                Integer.toString(accounts),
                "--ca",
                authority.toString())) {
            Pattern started =
                    Pattern.compile("all hosts at 127\\.0\\.0\\.1:(\\d+)(?s:.*)http://127\\.0\\.0\\.1:(\\d+)/");
            Await.until(
                    Duration.ofSeconds(60),
                    () -> started.matcher(service.output()).find(),
                    service::output);
            Matcher ports = started.matcher(service.output());
            assertThat(ports.find()).isTrue();
            var control = new Control(Integer.parseInt(ports.group(2)));
            var runner = new Runner(home, Integer.parseInt(ports.group(1)), authority, accounts);
            var events = new EventsFile(runner.events());
            try (var run = runner.start()) {
                Await.until(
                        Duration.ofSeconds(120),
                        () -> signedIn(runner) == accounts,
                        () -> signedIn(runner) + " of " + accounts + " signed in\n" + run.output());
                control.post("/load", "{\"rate\": 1}");
                LockSupport.parkNanos(time.toNanos());
                int threads = run.threads();
                control.post("/load", "{\"rate\": 0}");
                Map<Long, List<String>> truth = control.queued();
                long queued = truth.values().stream().mapToLong(List::size).sum();
                Await.until(
                        Duration.ofSeconds(60),
                        () -> events.messages() >= queued,
                        () -> events.messages() + " of " + queued);
                assertThat(run.terminate()).as("exit code after SIGTERM").isZero();
                long judged = events.judge(truth);
                assertThat(control.get("/violations"))
                        .as("rules of the protocol broken")
                        .isEqualTo("[]");
                System.out.println("run, " + accounts + " accounts, " + time.toSeconds() + " s at 1 message/s each: "
                        + judged + " messages, each once and in order, 0 violations, " + threads + " threads");
                return new Result(judged, threads);
            }
        }
    }

    /** How many threads a JVM has that does nothing. */
    private int idleThreads() {
        try (var idle = ChildProcess.start(directory.resolve("idle.log"), IdleProgram.class.getName())) {
            Await.until(Duration.ofSeconds(60), () -> idle.output().contains("idle"), idle::output);
            return idle.threads();
        }
    }

    private static long signedIn(Runner runner) {
        try {
            return Files.exists(runner.events())
                    ? Files.readAllLines(runner.events()).stream()
                            .filter(line -> line.contains("\"wx.account.ready\""))
                            .count()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The simulator's control API. */
    private static final class Control {
        private final HttpClient http = HttpClient.newHttpClient();
        private final String base;

        Control(int port) {
            base = "http://127.0.0.1:" + port;
        }

        String get(String path) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(base + path)).build());
        }

        String post(String path, String json) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(base + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build());
        }

        private String send(HttpRequest request) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(request.uri().toString()).isBetween(200, 299);
            return answer.body();
        }

        /** Per uin, the ids of everything queued, in order. */
        Map<Long, List<String>> queued() throws IOException, InterruptedException {
            Map<Long, List<String>> all = new LinkedHashMap<>();
            Matcher accounts = NAME.matcher(get("/accounts"));
            while (accounts.find()) {
                var ids = new ArrayList<String>();
                Matcher log = LOGGED.matcher(get("/accounts/" + accounts.group(1) + "/log?from=1&max=1000"));
                while (log.find()) {
                    ids.add(log.group(1));
                }
                all.put(Long.parseLong(accounts.group(2)), ids);
            }
            return all;
        }
    }
}
