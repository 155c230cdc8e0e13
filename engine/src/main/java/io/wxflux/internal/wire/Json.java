package io.wxflux.internal.wire;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;

/** The one configuration of Jackson: what is accepted from outside and how JSON is written. */
final class Json {
    /**
     * Wide enough that no message of a batch is refused with all its neighbours for something nobody reads: we skip
     * without recursion and without keeping, so that time and memory follow the size of the body. What is read has limits
     * of its own. Depth costs memory, and tokens cost time, beyond what their bytes would say.
     */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(150_000)
            .maxNumberLength(1 << 20)
            .maxNameLength(256)
            .maxStringLength(32 << 20)
            .maxTokenCount(4_000_000)
            .build();

    /**
     * Raw control characters occur in names (PROTOCOL 18.8). The charset is UTF-8 whatever the first bytes look like.
     * Slashes stay bare and emoji are written as they are, because the service shows escapes to people (PROTOCOL 3).
     */
    static final JsonFactory FACTORY = factory(LIMITS);

    private static final StreamReadConstraints LONG_NAMES =
            LIMITS.rebuild().maxNameLength(1 << 20).build();

    private Json() {}

    /**
     * For one document with names that are longer than those of the service. A factory keeps the names it has met, thousands
     * of them: such ones may not stay.
     */
    static JsonFactory forLongNames() {
        return factory(LONG_NAMES);
    }

    private static JsonFactory factory(StreamReadConstraints limits) {
        return JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
    }

    /** What the content writes, as bytes, on one line; buffers come from Jackson's pool and go back there. */
    static byte[] write(Consumer<JsonGenerator> content) {
        BufferRecycler recycler = FACTORY._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
                content.accept(json);
            }
            return bytes.getClearAndRelease();
        } finally {
            recycler.releaseToPool();
        }
    }
}
