package io.wxflux.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The simulator: one of our own in another process, or one that runs already; asked over its control API. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("all hosts at 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern CONTROL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_AT_ONCE = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final @Nullable ChildProcess process;
    private final String host;
    private final int port;
    private final int control;
    private final Path trust;

    private ServiceProcess(@Nullable ChildProcess process, String host, int port, int control, Path trust) {
        this.process = process;
        this.host = host;
        this.port = port;
        this.control = control;
        this.trust = trust;
    }

    static ServiceProcess of(LoadPlan.Target target) {
        return new ServiceProcess(null, target.host(), target.port(), target.control(), target.trust());
    }

    static ServiceProcess start(Path directory, List<Integer> cores) throws InterruptedException {
        Path trust = directory.resolve("ca.pem").toAbsolutePath();
        var process = new ChildProcess(
                cores,
                List.of("-Xmx3g"),
                directory.resolve("simulator.log"),
                SimulatorProgram.class,
                "--port",
                "0",
                "--control-port",
                "0",
                "--accounts",
                "0",
                "--scan-after",
                "1",
                "--ca",
                trust.toString());
        try {
            int port = number(process, PORT);
            int control = number(process, CONTROL);
            return new ServiceProcess(process, "127.0.0.1", port, control, trust);
        } catch (InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static int number(ChildProcess process, Pattern pattern) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String line = process.line(1_000);
            Matcher matcher = pattern.matcher(line == null ? "" : line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new LoadFailed("the simulator did not start within " + PATIENCE.toSeconds() + " s");
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Path trust() {
        return trust;
    }

    /** CPU time it used; nothing is known of one that is not ours. */
    Duration cpu() {
        return process == null ? Duration.ZERO : process.use().cpu();
    }

    void addAccounts(int count, int friends) {
        for (int left = count; left > 0; left -= MOST_AT_ONCE) {
            call(
                    "POST",
                    "/accounts",
                    Map.of("count", Math.min(left, MOST_AT_ONCE), "friends", friends, "rooms", 2, "membersPerRoom", 3));
        }
    }

    void load(double rate, int batch, Map<String, Integer> kinds) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("rate", rate);
        body.put("batch", batch);
        body.put("stamped", true);
        body.put("kinds", kinds);
        call("POST", "/load", body);
    }

    void backlog(Batch batch, Map<String, Integer> kinds, boolean goesOn) {
        call(
                "POST",
                "/backlog",
                Map.of("least", batch.least(), "most", batch.most(), "kinds", kinds, "goesOn", goesOn));
    }

    void stopBacklog() {
        call("DELETE", "/backlog", null);
    }

    long backlogServed() {
        return call("GET", "/backlog", null).path("served").asLong(0);
    }

    void hold(Duration hold) {
        call("POST", "/hold", Map.of("millis", hold.toMillis()));
    }

    /** Requests of the cycle since its start. */
    long roundTrips() {
        JsonNode traffic = call("GET", "/traffic", null);
        return traffic.path("synccheck").asLong(0) + traffic.path("webwxsync").asLong(0);
    }

    void stopLoad() {
        call("POST", "/load", Map.of("rate", 0));
    }

    long queued() {
        return call("GET", "/load", null).path("queued").asLong(0);
    }

    void begin(PlannedFault fault) {
        call("POST", "/hosts/" + fault.host() + "/fault", fault.body());
    }

    void end(PlannedFault fault) {
        call("DELETE", "/hosts/" + fault.host() + "/fault", null);
    }

    /** What the client did wrong, by kind. */
    List<String> violations() {
        Map<String, Long> kinds = new LinkedHashMap<>();
        Map<String, String> examples = new LinkedHashMap<>();
        for (JsonNode each : call("GET", "/violations", null)) {
            String kind = each.path("kind").asString();
            kinds.merge(kind, each.path("count").asLong(), Long::sum);
            examples.putIfAbsent(kind, each.path("firstExample").asString());
        }
        List<String> all = new ArrayList<>();
        kinds.forEach((kind, count) -> all.add(kind + " x " + count + ": " + examples.get(kind)));
        return all;
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + control + path.replace("*", "%2A")))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.line(body)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode tree = Json.tree(answer.body());
            if (answer.statusCode() != 200) {
                throw new LoadFailed("the simulator refused " + path + ": "
                        + tree.path("error").asString(""));
            }
            return tree;
        } catch (IOException e) {
            throw new LoadFailed(
                    "the simulator's control API at port " + control + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
