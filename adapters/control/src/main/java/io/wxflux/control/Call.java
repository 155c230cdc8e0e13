package io.wxflux.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/**
 * A request, as its handler sees it.
 *
 * @param path variables of the path, decoded
 * @param query decoded
 * @param body the JSON object; an empty one where the route takes none
 * @param content the bytes of a route that takes a file; may be read once
 * @param wantsLines whether the answer may come in lines, with what happens on the way
 */
record Call(
        Map<String, String> path,
        Map<String, String> query,
        JsonNode body,
        Flux<ByteBuffer> content,
        boolean wantsLines) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no " + name);
        }
        return value;
    }

    /** A text field that has to be there, and not to be blank. */
    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            throw Problem.wrong("the field " + name + " is missing", "give it as a JSON string");
        }
        if (value.isBlank()) {
            throw Problem.wrong("the field " + name + " is empty", "fill it");
        }
        return value;
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Problem.wrong("the field " + name + " is no text", "give it as a JSON string");
        }
        return value.stringValue();
    }

    boolean flag(String name, boolean standard) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return standard;
        }
        if (!value.isBoolean()) {
            throw Problem.wrong("the field " + name + " is neither true nor false", "give it as a JSON boolean");
        }
        return value.booleanValue();
    }

    /** A list of texts; empty when it is not there. */
    List<String> texts(String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (!value.isArray()) {
            throw Problem.wrong("the field " + name + " is no list", "give it as a JSON array of strings");
        }
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw Problem.wrong("the field " + name + " holds something that is no text", "use strings only");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    Duration duration(String name, Duration standard) {
        String value = textOrNull(name);
        if (value == null) {
            return standard;
        }
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            throw Problem.wrong("the field " + name + " is no duration", "write it as 250ms, 5s, 2m or 1h");
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
