package io.wxflux.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;

/** How events are written, and how the service's objects get into them. */
final class CloudEventsJson {
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Emoji and slashes are written as they are. What is embedded may hold raw control characters, which names do, but
     * no member twice: readers would disagree about which one counts.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .characterEscapes(new CloudEventsEscapes())
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private CloudEventsJson() {}

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

    static void text(JsonGenerator json, String name, String value) {
        json.writeStringProperty(name, wellFormed(value));
    }

    /** Written only where there is one. */
    static void known(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            text(json, name, value);
        }
    }

    /** Written only where there is one: 0 stands for a number that was not told. */
    static void known(JsonGenerator json, String name, long value) {
        if (value != 0) {
            json.writeNumberProperty(name, value);
        }
    }

    static void known(JsonGenerator json, String name, @Nullable Instant value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }

    static void known(JsonGenerator json, String name, Duration value) {
        known(json, name, value.toMillis());
    }

    static void texts(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        for (String value : values) {
            json.writeString(wellFormed(value));
        }
        json.writeEndArray();
    }

    /** A name of a constant as it stands in events. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Copies a JSON value token by token: line breaks between tokens go, numbers keep their digits.
     *
     * @throws tools.jackson.core.JacksonException if the bytes are not one clean JSON value
     */
    static void copy(byte[] value, JsonGenerator out) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), value)) {
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
                    case PROPERTY_NAME -> out.writeName(wellFormed(in.currentName()));
                    case VALUE_STRING -> out.writeString(wellFormed(in.getString()));
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

    /** The text with U+FFFD in place of surrogates that are not paired: such a text cannot be written as UTF-8. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                int codePoint = text.codePointAt(i);
                if (codePoint == c) {
                    return text.codePoints()
                            .map(p -> p >= Character.MIN_SURROGATE && p <= Character.MAX_SURROGATE ? REPLACEMENT : p)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                }
                i++;
            }
        }
        return text;
    }
}
