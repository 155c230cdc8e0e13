package io.wxflux.cli;

import io.wxflux.control.ControlFile;
import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to the control endpoint of a running engine. Blocks, but never past a wish to stop. */
final class EngineClient {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final ControlFile endpoint;
    private final StopSignal stop;
    private final String whenGone;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** @param whenGone what is said when nobody answers */
    EngineClient(ControlFile endpoint, StopSignal stop, String whenGone) {
        this.endpoint = endpoint;
        this.stop = stop;
        this.whenGone = whenGone;
    }

    JsonNode get(String path, Map<String, String> query) {
        return json(request(path, query).GET().build());
    }

    JsonNode post(String path, ObjectNode body) {
        return json(posting(path, body).build());
    }

    /** The answer in lines, of which the first may say what happens on the way. */
    Stream<String> postForLines(String path, ObjectNode body) {
        HttpRequest request =
                posting(path, body).setHeader("Accept", "application/x-ndjson").build();
        return success(
                await(http.sendAsync(request, BodyHandlers.ofLines())), lines -> lines.collect(Collectors.joining()));
    }

    /** Bytes as they come; an answer that is no success is the error it tells. */
    HttpResponse<InputStream> getBytes(String path, Map<String, String> query) {
        HttpResponse<InputStream> response =
                await(http.sendAsync(request(path, query).GET().build(), BodyHandlers.ofInputStream()));
        success(response, EngineClient::text);
        return response;
    }

    JsonNode upload(String path, String name, Path file) throws IOException {
        return json(request(path, Map.of("name", name))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file))
                .build());
    }

    /** Events as they come; the future ends with the stream. */
    CompletableFuture<HttpResponse<Stream<String>>> events(Map<String, String> query) {
        return http.sendAsync(request("/v1/events", query).GET().build(), BodyHandlers.ofLines());
    }

    /** Of something that has begun. */
    <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer) {
        try {
            CompletableFuture.anyOf(answer, stop.requested()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConnectException) {
                throw CommandFailed.failed(whenGone);
            }
            throw CommandFailed.failed("the engine did not answer (" + e.getCause()
                    + "): what was asked for may have been done; see its log");
        }
        if (!answer.isDone()) {
            answer.cancel(true);
            throw CommandFailed.failed("stopped before the engine answered: what was asked for may have been done");
        }
        return answer.join();
    }

    <T> T success(HttpResponse<T> response, Function<T, String> text) {
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refusal(response.statusCode(), text.apply(response.body()));
    }

    static CommandFailed refusal(int status, String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            return CommandFailed.failed("the engine answered with the status " + status);
        }
        if (status == 401) {
            return CommandFailed.failed(
                    "the engine does not know the token of control.json in its state directory: that"
                            + " file was changed, or is of another engine. Start the engine anew, and it writes its own");
        }
        if (status == 409 && json.path("message").asString("").contains("not signed in")) {
            // What the message says of events is for applications.
            String said = json.path("message")
                    .asString("")
                    .replaceFirst("[;.:] [Ww]ait for the event wx\\.account\\.ready.*", "");
            return CommandFailed.failed(TerminalText.line(said, 2_000)
                    + ". `wxflux status` shows how the account is: scan its code, or wait for it");
        }
        StringBuilder text =
                new StringBuilder(TerminalText.line(json.path("message").asString("status " + status), 2_000));
        String remedy = TerminalText.line(json.path("remedy").asString(""), 500);
        if (!remedy.isBlank()) {
            text.append(": ").append(remedy);
        }
        json.path("candidates").forEach(each -> text.append("\n  ").append(ContactText.candidate(each)));
        // 400, 404 and 409 with candidates say that nothing was tried.
        boolean input = status == 400 || status == 404 || status == 413 || json.has("candidates");
        return input ? CommandFailed.wrongInput(text.toString()) : CommandFailed.failed(text.toString());
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode json(HttpRequest request) {
        String body = success(await(http.sendAsync(request, BodyHandlers.ofString())), text -> text);
        return JSON.readTree(body);
    }

    private HttpRequest.Builder posting(String path, ObjectNode body) {
        return request(path, Map.of())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + segment(entry.getValue()))
                .collect(Collectors.joining("&"));
        URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path + (asked.isEmpty() ? "" : "?" + asked));
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + endpoint.token().reveal());
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
