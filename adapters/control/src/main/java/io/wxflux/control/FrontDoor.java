package io.wxflux.control;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** HTTP in, HTTP out: checks who comes, finds the route, reads the body within bounds, writes the answer. */
final class FrontDoor {
    static final int MOST_JSON = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.control");
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String BYTES = "application/octet-stream";

    private final Guard guard;
    private final List<Route> routes;

    private record Found(Route route, Map<String, String> variables) {}

    FrontDoor(Guard guard, List<Route> routes) {
        this.guard = guard;
        this.routes = routes;
    }

    Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        response.header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        return Mono.defer(() -> answered(request))
                .flatMap(answer -> write(answer, response))
                .doOnSuccess(done -> log(request, 200))
                .onErrorResume(error -> refuse(error, request, response));
    }

    private Mono<Answer> answered(HttpServerRequest request) {
        InetSocketAddress here = request.hostAddress();
        guard.check(
                here == null ? 0 : here.getPort(),
                header(request, "Host"),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, "Authorization"));
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        Found found = find(request.method().name(), uri.rawPath());
        Map<String, String> query = query(uri, found.route);
        boolean lines = String.valueOf(header(request, "Accept")).contains(LINES);
        return switch (found.route.takes()) {
            case NOTHING ->
                found.route.handler().answer(new Call(found.variables, query, Json.object(), Flux.empty(), lines));
            case BYTES -> {
                requireType(request, BYTES);
                Flux<ByteBuffer> content = request.receive().asByteArray().map(ByteBuffer::wrap);
                yield found.route.handler().answer(new Call(found.variables, query, Json.object(), content, lines));
            }
            case JSON -> {
                requireType(request, JSON);
                yield body(request, found.route)
                        .flatMap(body -> found.route
                                .handler()
                                .answer(new Call(found.variables, query, body, Flux.empty(), lines)));
            }
        };
    }

    private Found find(String method, String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.substring(Math.min(1, rawPath.length())).split("/", -1)) {
            segments.add(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")));
        }
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(segments);
            if (variables.isPresent()) {
                if (route.method().equals(method)) {
                    return new Found(route, variables.get());
                }
                others.add(route.method());
            }
        }
        if (others.isEmpty()) {
            throw Problem.of(404, "no-such-path", "there is nothing at this path", "docs/control.md lists all paths");
        }
        throw Problem.of(405, "wrong-method", "this path takes " + String.join(", ", others), "use that method");
    }

    private static Map<String, String> query(QueryStringDecoder uri, Route route) {
        Map<String, String> query = new HashMap<>();
        uri.parameters().forEach((name, values) -> {
            if (route.takes() == Route.Takes.JSON || !route.fields().contains(name)) {
                throw Problem.wrong("this path knows no query parameter named " + name, known(route));
            }
            if (values.size() > 1) {
                throw Problem.wrong("the query parameter " + name + " is there twice", "give it once");
            }
            query.put(name, values.get(0));
        });
        return query;
    }

    private static Mono<JsonNode> body(HttpServerRequest request, Route route) {
        return request.receive()
                .asByteArray()
                .collect(ByteArrayOutputStream::new, FrontDoor::append)
                .map(bytes -> parse(bytes.toByteArray()))
                .doOnNext(body -> body.propertyNames().forEach(name -> {
                    if (!route.fields().contains(name)) {
                        throw Problem.wrong("this path knows no field named " + name, known(route));
                    }
                }));
    }

    private static void append(ByteArrayOutputStream all, byte[] piece) {
        if (all.size() + piece.length > MOST_JSON) {
            throw Problem.of(
                    413, "too-large", "the body is larger than 1 MiB", "files go to /v1/accounts/{account}/uploads");
        }
        all.writeBytes(piece);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode body = bytes.length == 0 ? Json.object() : Json.MAPPER.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw Problem.wrong("the body is no JSON: " + e.getOriginalMessage(), "send one JSON object");
        }
        throw Problem.wrong("the body is no JSON object", "send one JSON object");
    }

    private static String known(Route route) {
        return route.fields().isEmpty() ? "it takes none" : "it knows " + String.join(", ", route.fields());
    }

    private static void requireType(HttpServerRequest request, String type) {
        String given = String.valueOf(header(request, "Content-Type"));
        if (!given.split(";", 2)[0].strip().equalsIgnoreCase(type)) {
            throw Problem.of(
                    415,
                    "wrong-content-type",
                    "this path takes " + type,
                    "send the header `Content-Type: " + type + "`");
        }
    }

    private static Mono<Void> write(Answer answer, HttpServerResponse response) {
        if (answer instanceof Answer.Lines lines) {
            return response.header(HttpHeaderNames.CONTENT_TYPE, LINES)
                    .send(lines.lines().map(Unpooled::wrappedBuffer), each -> true)
                    .then();
        }
        if (answer instanceof Answer.Content content) {
            return content.bytes()
                    // An error before the first byte is still told as one; after it the connection is cut.
                    .switchOnFirst((first, all) -> {
                        Throwable early = first.getThrowable();
                        if (early != null) {
                            return Flux.<Void>error(early);
                        }
                        content.length()
                                .ifPresent(length ->
                                        response.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length)));
                        return response.header(HttpHeaderNames.CONTENT_TYPE, content.mediaType())
                                .header(HttpHeaderNames.CONTENT_DISPOSITION, disposition(content.name()))
                                .send(all.map(Unpooled::wrappedBuffer))
                                .then()
                                .flux();
                    })
                    .then();
        }
        Answer.Whole whole = (Answer.Whole) answer;
        return response.header(HttpHeaderNames.CONTENT_TYPE, JSON)
                .sendByteArray(Mono.just(Json.bytes(whole.json())))
                .then();
    }

    private static Mono<Void> refuse(Throwable error, HttpServerRequest request, HttpServerResponse response) {
        Problem known = Problem.from(error);
        if (known == null) {
            LOG.warn("{} {} failed", request.method(), request.path(), error);
        }
        Problem problem = known != null
                ? known
                : Problem.of(500, "unexpected", "failed unexpectedly", "see the engine's log, and report it");
        log(request, problem.status());
        if (response.hasSentHeaders()) {
            return Mono.error(problem);
        }
        // What is left of a body that nobody read ends with the connection.
        return response.keepAlive(false)
                .status(problem.status())
                .header(HttpHeaderNames.CONTENT_TYPE, JSON)
                .sendByteArray(Mono.just(Json.bytes(problem.json())))
                .then();
    }

    private static String disposition(String name) {
        return "attachment; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void log(HttpServerRequest request, int status) {
        if (request.method().name().equals("GET")) {
            LOG.debug("GET /{} {}", request.path(), status);
        } else {
            LOG.info("{} /{} {}", request.method(), request.path(), status);
        }
    }

    private static @Nullable String header(HttpServerRequest request, String name) {
        return request.requestHeaders().get(name);
    }
}
