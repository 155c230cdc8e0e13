package io.wxflux.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out, by one mapper. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static {
        // Jackson makes its tree reader at the first use, under a lock; event loops are not to meet there.
        MAPPER.readTree("{}");
    }

    private Json() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The document, or a missing node when it is none. */
    static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? MAPPER.missingNode() : MAPPER.readTree(body);
        } catch (JacksonException malformed) {
            return MAPPER.missingNode();
        }
    }

    /** No document at all. */
    static JsonNode none() {
        return MAPPER.missingNode();
    }

    /** A scalar as text; numbers and strings are both fine for the service. Anything else is empty. */
    static String text(JsonNode node) {
        return node.isString() || node.isNumber() || node.isBoolean() ? node.asString() : "";
    }

    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> toMap(JsonNode node) {
        return node.isObject() ? MAPPER.convertValue(node, Map.class) : Map.of();
    }

    static Map<String, Object> baseResponse(int ret) {
        return object("Ret", ret, "ErrMsg", ret == 0 ? "" : "refused");
    }
}
