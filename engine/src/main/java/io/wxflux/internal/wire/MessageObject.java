package io.wxflux.internal.wire;

import io.wxflux.model.RawMessage;
import java.util.HashMap;
import java.util.Map;

/**
 * All fields of a message object, for the kinds that need more than the {@link Envelope}. Read only when somebody looks
 * into the message. What is not there reads as empty text.
 */
final class MessageObject {
    /** A message has three dozen. What comes behind is in the raw message only. */
    private static final int MOST_FIELDS = 1_000;

    static final MessageObject EMPTY = new MessageObject(Map.of());

    private final Map<String, String> fields;

    private MessageObject(Map<String, String> fields) {
        this.fields = fields;
    }

    static MessageObject read(RawMessage raw) {
        return new MessageObject(JsonReader.read("a message", raw, MessageObject::fields));
    }

    private static Map<String, String> fields(JsonReader in) {
        Map<String, String> fields = new HashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (fields.size() >= MOST_FIELDS) {
                in.skip();
                continue;
            }
            switch (name) {
                case "Content" -> in.skip();
                case "RecommendInfo", "AppInfo" -> {
                    if (in.enterObject()) {
                        for (String part = in.nextName(); part != null; part = in.nextName()) {
                            if (fields.size() < MOST_FIELDS) {
                                fields.put(name + "." + part, in.text());
                            } else {
                                in.skip();
                            }
                        }
                    }
                }
                default -> fields.put(name, in.text());
            }
        }
        return fields;
    }

    /** As sent: still escaped. */
    String raw(String name) {
        return fields.getOrDefault(name, "");
    }

    /** On one line. */
    String name(String name) {
        return ContentText.decodeName(raw(name));
    }

    String text(String name) {
        return ContentText.decode(raw(name));
    }

    int intNumber(String name) {
        return Numbers.intOrZero(raw(name));
    }

    long number(String name) {
        return Numbers.orZero(raw(name));
    }
}
