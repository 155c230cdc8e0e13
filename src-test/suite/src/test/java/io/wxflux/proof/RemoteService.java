package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimulatorMain;
import io.wxflux.testkit.Await;
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

/** The simulator in a process of its own, with its control API: what it takes does not count as the client's. */
final class RemoteService implements AutoCloseable {
    private static final Pattern STARTED =
            Pattern.compile("all hosts at 127\\.0\\.0\\.1:(\\d+)(?s:.*)http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"[^}]*?\"uin\":(\\d+)");
    private static final Pattern LOGGED = Pattern.compile("\"msgId\":\"(\\d+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ChildProcess process;
    private final Path authority;
    private final int port;
    private final String control;

    RemoteService(Path directory, int accounts) {
        authority = directory.resolve("ca.pem");
        process = ChildProcess.start(
                directory.resolve("service.log"),
                SimulatorMain.class.getName(),
                "--port",
                "0",
                "--control-port",
                "0",
                "--accounts",
                Integer.toString(accounts),
                "--ca",
                authority.toString());
        Await.until(
                Duration.ofSeconds(60), () -> STARTED.matcher(process.output()).find(), process::output);
        Matcher ports = STARTED.matcher(process.output());
        assertThat(ports.find()).isTrue();
        port = Integer.parseInt(ports.group(1));
        control = "http://127.0.0.1:" + ports.group(2);
    }

    int port() {
        return port;
    }

    Path authority() {
        return authority;
    }

    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(control + path)).build());
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(control + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** What the service itself makes of a file of events. */
    String judge(Path events) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(control + "/judge"))
                .POST(HttpRequest.BodyPublishers.ofFile(events))
                .build());
    }

    void delete(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(control + path)).DELETE().build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(request.uri().toString()).isBetween(200, 299);
        return answer.body();
    }

    /** A figure of all accounts together, such as {@code queued} or {@code logins}. */
    long sum(String field) throws IOException, InterruptedException {
        Matcher found = Pattern.compile("\"" + field + "\":(\\d+)").matcher(get("/accounts"));
        long sum = 0;
        while (found.find()) {
            sum += Long.parseLong(found.group(1));
        }
        return sum;
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

    @Override
    public void close() {
        process.close();
    }
}
