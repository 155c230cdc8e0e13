package io.wxflux.shard;

import org.jspecify.annotations.Nullable;

/**
 * A small piece of an account's state under a key of its own, such as a room or a message waiting to be sent. Changed as
 * part of a commit, read one by one: shards keep values on disk, not in memory.
 *
 * @param key 1 to {@value #MAX_KEY} characters, ASCII without blanks and control characters; a path by habit
 * @param value opaque to the shard and not to be changed; null removes the document
 */
public record Document(String key, byte @Nullable [] value) {
    public static final int MAX_KEY = 200;

    public Document {
        if (key.isEmpty() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "a document's key is 1 to " + MAX_KEY + " visible ASCII characters, not \"" + key + "\"");
        }
    }

    public static Document removed(String key) {
        return new Document(key, null);
    }

    /** Size only: what people wrote to each other is not for logs. */
    @Override
    public String toString() {
        return "Document[" + key + (value == null ? ", removed]" : ", " + value.length + " bytes]");
    }
}
