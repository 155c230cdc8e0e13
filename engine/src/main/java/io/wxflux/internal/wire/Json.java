package io.wxflux.internal.wire;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;

/** The one configuration of Jackson: what is accepted from outside and how JSON is written. */
public final class Json {
    /** The service never nests deeper than a few levels; everything beyond these is an attack or garbage. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(64)
            .maxNameLength(256)
            .maxStringLength(4 << 20)
            .maxTokenCount(4_000_000)
            .build();

    /**
     * Raw control characters occur in names (PROTOCOL 18.8). The charset is UTF-8 whatever the first bytes look like.
     * Slashes stay bare and emoji are written as they are, because the service shows escapes to people (PROTOCOL 3).
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final JsonFactory STRICT = FACTORY.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** What the content writes, as bytes, on one line. */
    public static byte[] write(Consumer<JsonGenerator> content) {
        return write(FACTORY, content);
    }

    /** As {@link #write(Consumer)}, by another factory; buffers come from its pool and go back there. */
    public static byte[] write(JsonFactory factory, Consumer<JsonGenerator> content) {
        BufferRecycler recycler = factory._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
                content.accept(json);
            }
            return bytes.getClearAndRelease();
        } finally {
            recycler.releaseToPool();
        }
    }

    /**
     * Copies a JSON value token by token: line breaks between tokens go, numbers keep their digits. Its objects may not
     * have a member twice: readers disagree about which one counts.
     *
     * @throws tools.jackson.core.JacksonException if the bytes are not one clean JSON value
     */
    public static void copy(byte[] json, JsonGenerator out) {
        try (JsonParser in = STRICT.createParser(ObjectReadContext.empty(), json)) {
            int depth = 0;
            do {
                JsonToken token = in.nextToken();
                if (token == null) {
                    throw new StreamReadException(in, "not a whole value");
                }
                switch (token) {
                    case START_OBJECT -> out.writeStartObject();
                    case END_OBJECT -> out.writeEndObject();
                    case START_ARRAY -> out.writeStartArray();
                    case END_ARRAY -> out.writeEndArray();
                    case PROPERTY_NAME -> out.writeName(ContentText.wellFormed(in.currentName()));
                    case VALUE_STRING -> out.writeString(ContentText.wellFormed(in.getString()));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getString());
                    case VALUE_TRUE -> out.writeBoolean(true);
                    case VALUE_FALSE -> out.writeBoolean(false);
                    default -> out.writeNull();
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0);
            if (in.nextToken() != null) {
                throw new StreamReadException(in, "more than one value");
            }
        }
    }

    /** The text with U+FFFD in place of surrogates that are not paired. */
    public static String wellFormed(String text) {
        return ContentText.wellFormed(text);
    }
}
