package io.wxflux.control;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/** What a request is answered with. */
sealed interface Answer {
    static Answer ok(ObjectNode json) {
        return new Whole(json);
    }

    /** Done, and there is nothing to say about it. */
    static Answer done() {
        return new Whole(Json.object().put("done", true));
    }

    /** One JSON object. */
    record Whole(ObjectNode json) implements Answer {}

    /** JSON objects, one a line, as they come; each ends in a line feed. */
    record Lines(Flux<byte[]> lines) implements Answer {}

    /**
     * A file.
     *
     * @param name for whoever saves it: no path
     */
    record Content(String name, String mediaType, OptionalLong length, Flux<ByteBuffer> bytes) implements Answer {}
}
