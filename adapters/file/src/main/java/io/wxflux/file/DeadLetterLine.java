package io.wxflux.file;

import io.wxflux.event.MessageReceived;
import io.wxflux.model.AccountId;
import io.wxflux.sink.CloudEvents;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.KeptLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** A line of the file of dead letters. */
final class DeadLetterLine {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SOURCE = "/accounts/";
    private static final int MAX_REASON = 1_000;

    private DeadLetterLine() {}

    /** What there is one letter of. */
    record Name(String sink, String account, String eventId) {}

    static byte[] of(DeadLetter letter) {
        ObjectNode line = JSON.createObjectNode();
        line.put("sink", letter.sink());
        line.put("reason", TerminalText.line(letter.reason(), MAX_REASON));
        line.put("time", letter.time().toString());
        line.putRawValue("event", new RawValue(new String(CloudEvents.encode(letter.event()), StandardCharsets.UTF_8)));
        if (letter.event() instanceof MessageReceived received) {
            byte[] raw = received.message().raw().toByteArray();
            try {
                line.put(
                        "raw",
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(raw))
                                .toString());
            } catch (CharacterCodingException e) {
                line.put("rawBase64", Base64.getEncoder().encodeToString(raw));
            }
        }
        line.put("record", Base64.getEncoder().encodeToString(letter.record()));
        return JSON.writeValueAsBytes(line);
    }

    static byte[] removal(KeptLetter letter) {
        ObjectNode line = JSON.createObjectNode();
        line.putObject("removed")
                .put("sink", letter.sink())
                .put("account", letter.account().value())
                .put("id", letter.eventId());
        return JSON.writeValueAsBytes(line);
    }

    /** Of the letter that a line strikes out; null when it is no such line. */
    static @Nullable Name removed(byte[] line) {
        JsonNode removed = read(line).path("removed");
        return removed.isObject()
                ? new Name(
                        removed.path("sink").asString(""),
                        removed.path("account").asString(""),
                        removed.path("id").asString(""))
                : null;
    }

    /** Null when the line is no letter. */
    static @Nullable Name name(byte[] line) {
        JsonNode root = read(line);
        JsonNode event = root.path("event");
        String source = event.path("source").asString("");
        return root.path("sink").isString() && source.startsWith(SOURCE)
                ? new Name(
                        root.path("sink").stringValue(),
                        source.substring(SOURCE.length()),
                        event.path("id").asString(""))
                : null;
    }

    static KeptLetter letter(byte[] line) throws IOException {
        JsonNode root = read(line);
        JsonNode event = root.path("event");
        Name name = name(line);
        if (name == null) {
            throw new IOException("it was changed while it was read");
        }
        try {
            return new KeptLetter(
                    name.sink,
                    AccountId.of(name.account),
                    name.eventId,
                    event.path("type").asString(""),
                    Long.parseLong(event.path("sequence").asString("0")),
                    root.path("reason").asString(""),
                    Instant.parse(root.path("time").asString("")),
                    Base64.getDecoder().decode(root.path("record").asString("")));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("the letter " + TerminalText.line(name.eventId, 200) + " is damaged: " + e, e);
        }
    }

    /** What is no JSON is no letter: somebody may have written into the file by hand. */
    private static JsonNode read(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
