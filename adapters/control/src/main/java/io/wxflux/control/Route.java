package io.wxflux.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * One thing that can be asked for. {@code docs/control.md} has a section for each; a test compares them.
 *
 * @param method GET or POST
 * @param path with variables in braces
 * @param takes what the request carries
 * @param fields of the JSON body, or of the query where there is none; any other is refused
 */
record Route(String method, String path, Takes takes, List<String> fields, Handler handler) {
    /** What a request carries. */
    enum Takes {
        NOTHING,
        JSON,
        BYTES
    }

    @FunctionalInterface
    interface Handler {
        Mono<Answer> answer(Call call);
    }

    static Route get(String path, List<String> query, Handler handler) {
        return new Route("GET", path, Takes.NOTHING, query, handler);
    }

    static Route post(String path, List<String> fields, Handler handler) {
        return new Route("POST", path, Takes.JSON, fields, handler);
    }

    static Route upload(String path, List<String> query, Handler handler) {
        return new Route("POST", path, Takes.BYTES, query, handler);
    }

    /** The variables, when this is the path; they hold what the client wrote, slashes never. */
    Optional<Map<String, String>> match(List<String> segments) {
        String[] own = path.substring(1).split("/");
        if (own.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < own.length; i++) {
            if (own[i].startsWith("{")) {
                variables.put(own[i].substring(1, own[i].length() - 1), segments.get(i));
            } else if (!own[i].equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
