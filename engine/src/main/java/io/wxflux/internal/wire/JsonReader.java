package io.wxflux.internal.wire;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks over one JSON object, once, forwards. Strict about the document (complete, one root, within limits), lenient
 * about values: a number where a string is expected is its text and the other way round, anything else is "absent".
 */
final class JsonReader {
    /** Far beyond the objects whose members are remembered, which have two dozen. */
    private static final int MOST_MEMBERS = 256;

    private static final String[] NONE = {};

    private final JsonParser parser;
    private final byte[] bytes;
    private final int offset;
    private final String operation;

    /** The names of the members that were met in the objects we are in, the outermost first; see {@link #mark}. */
    private String[] members = NONE;

    private int memberCount;

    private long lastNumber;
    private UserName latest = UserName.NONE;
    private UserName earlier = UserName.NONE;

    private JsonReader(JsonParser parser, byte[] bytes, int offset, String operation) {
        this.parser = parser;
        this.bytes = bytes;
        this.offset = offset;
        this.operation = operation;
    }

    /**
     * Reads a whole document by the function, which must consume the object to its end. Malformed UTF-8 becomes U+FFFD.
     * Jackson's own messages quote the document, so they are not passed on, not even as a cause.
     */
    static <T> T read(String operation, byte[] body, Function<JsonReader, T> content) {
        return read(operation, body, 0, body.length, content);
    }

    /** As above, of a message. */
    static <T> T read(String operation, RawMessage raw, Function<JsonReader, T> content) {
        return read(operation, RawBytes.array(raw), RawBytes.offset(raw), raw.length(), content);
    }

    private static <T> T read(String operation, byte[] bytes, int from, int size, Function<JsonReader, T> content) {
        int mark = markLength(bytes, from, size);
        int offset = from + mark;
        int length = size - mark;
        try {
            return readOnce(operation, bytes, offset, length, content);
        } catch (JacksonException notUtf8OrNotJson) {
            byte[] clean = new String(bytes, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(clean, 0, clean.length, bytes, offset, offset + length)) {
                try {
                    return readOnce(operation, clean, 0, clean.length, content);
                } catch (JacksonException notJson) {
                    throw violation(operation, length);
                }
            }
            throw violation(operation, length);
        }
    }

    private static <T> T readOnce(
            String operation, byte[] bytes, int offset, int length, Function<JsonReader, T> content) {
        try {
            return readBy(Json.FACTORY, operation, bytes, offset, length, content);
        } catch (StreamConstraintsException perhapsALongName) {
            return readBy(Json.forLongNames(), operation, bytes, offset, length, content);
        }
    }

    private static <T> T readBy(
            JsonFactory factory,
            String operation,
            byte[] bytes,
            int offset,
            int length,
            Function<JsonReader, T> content) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw violation(operation, length);
            }
            T value = content.apply(new JsonReader(parser, bytes, offset, operation));
            if (parser.nextToken() != null) {
                throw violation(operation, length);
            }
            return value;
        }
    }

    /** Of the byte order mark, if there is one. */
    private static int markLength(byte[] bytes, int offset, int length) {
        boolean marked = length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static ProtocolViolationException violation(String operation, int length) {
        return new ProtocolViolationException(
                operation + " was answered with " + length + " bytes that are no complete JSON object");
    }

    ProtocolViolationException violation(String what) {
        return new ProtocolViolationException(operation + " was answered with JSON " + what);
    }

    /** The name of the next member of the current object; null at its end. */
    @Nullable
    String nextName() {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.PROPERTY_NAME) {
            return parser.currentName();
        }
        if (token == JsonToken.END_OBJECT) {
            return null;
        }
        throw violation("that ends too early");
    }

    /** To be taken on entering an object whose members are to be read by {@link #nextName(int)}. */
    int mark() {
        return memberCount;
    }

    /** As {@link #nextName()}; a name that comes twice is an error, so that a second value cannot mask the first. */
    @Nullable
    String nextName(int mark) {
        String name = nextName();
        if (name == null) {
            memberCount = mark;
            return null;
        }
        // The objects of the service have two dozen members: a set for each took more memory than what is read.
        for (int i = mark; i < memberCount; i++) {
            if (members[i].equals(name)) {
                throw violation("that has a member twice");
            }
        }
        if (memberCount - mark == MOST_MEMBERS) {
            throw violation("that has more than " + MOST_MEMBERS + " members in one object");
        }
        if (memberCount == members.length) {
            members = Arrays.copyOf(members, Math.max(24, 2 * memberCount));
        }
        members[memberCount++] = name;
        return name;
    }

    /** Steps into the value if it is an object; skips it otherwise. */
    boolean enterObject() {
        return enter(JsonToken.START_OBJECT);
    }

    /** Steps into the value if it is an array; skips it otherwise. */
    boolean enterArray() {
        return enter(JsonToken.START_ARRAY);
    }

    private boolean enter(JsonToken wanted) {
        if (parser.nextToken() == wanted) {
            return true;
        }
        parser.skipChildren();
        return false;
    }

    /** Steps into the next object of the current array, over anything that is none; false at its end. */
    boolean nextObject() {
        while (true) {
            switch (parser.nextToken()) {
                case START_OBJECT -> {
                    return true;
                }
                case END_ARRAY -> {
                    return false;
                }
                default -> parser.skipChildren();
            }
        }
    }

    /** Goes to the next element of the current array that is not null, without stepping into it; false at the end. */
    boolean nextElement() {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.VALUE_NULL) {
            token = parser.nextToken();
        }
        return token != JsonToken.END_ARRAY;
    }

    boolean atObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    /** Where the current token begins. */
    int tokenStart() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** The bytes from there to the end of the current token, without a copy. */
    RawMessage sliceFrom(int start) {
        parser.finishToken();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return RawMessage.wrap(bytes, offset + start, end - start);
    }

    void skip() {
        parser.nextToken();
        parser.skipChildren();
    }

    /** Skips what the current token opens. */
    void skipCurrent() {
        parser.skipChildren();
    }

    /** The value as text: well-formed UTF-16; a number's digits as sent; empty for anything that is neither. */
    String text() {
        return text(parser.nextToken());
    }

    /** The value as a name. An answer has few, each in many places: one of the latest two is not made again. */
    UserName userName() {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            if (isText(latest.value())) {
                return latest;
            }
            if (isText(earlier.value())) {
                UserName found = earlier;
                earlier = latest;
                latest = found;
                return found;
            }
        }
        earlier = latest;
        latest = UserName.of(text(token));
        return latest;
    }

    private boolean isText(String text) {
        int length = parser.getStringLength();
        if (length != text.length()) {
            return false;
        }
        char[] chars = parser.getStringCharacters();
        int from = parser.getStringOffset();
        for (int i = 0; i < length; i++) {
            if (chars[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> ContentText.wellFormed(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
            default -> {
                parser.skipChildren();
                yield "";
            }
        };
    }

    /** Whether the value is a whole number of 64 bits; {@link #lastNumber} then is that number. */
    boolean isNumber() {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            lastNumber = fits ? parser.getLongValue() : 0;
            return fits;
        }
        Long value = Numbers.parse(text(token));
        lastNumber = value == null ? 0 : value;
        return value != null;
    }

    /** What {@link #isNumber} found: a number without a box, where there are many. */
    long lastNumber() {
        return lastNumber;
    }

    /** The value as a whole number; null when it is none, or none of 64 bits. */
    @Nullable
    Long number() {
        return isNumber() ? (Long) lastNumber : null;
    }

    long number(long otherwise) {
        return isNumber() ? lastNumber : otherwise;
    }

    /** The value as a whole number of 32 bits. */
    int intNumber(int otherwise) {
        long beyond = Long.MAX_VALUE;
        long value = number(beyond);
        return value == (int) value ? (int) value : otherwise;
    }
}
