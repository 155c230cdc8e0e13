package io.wxflux.model;

import java.util.List;

/**
 * What a bot answers to a message, in the conversation it came from.
 *
 * @param message a text, a file, or something forwarded
 * @param mentioning whether, in a room, the one who is answered is mentioned; texts only
 */
public record Reply(Outgoing message, boolean mentioning) {
    public Reply {
        if (mentioning && !(message instanceof Outgoing.Text)) {
            throw new IllegalArgumentException("people are mentioned in texts only");
        }
    }

    public static Reply of(Outgoing message) {
        return new Reply(message, false);
    }

    public static Reply text(String text) {
        return of(Outgoing.text(text));
    }

    /** The same, mentioning the one who is answered. Outside of rooms that has no effect. */
    public Reply withMention() {
        return new Reply(message, true);
    }

    /** The message as it goes out to whoever said this. */
    public Outgoing to(MessageHeader header) {
        return mentioning && header.room() != null && message instanceof Outgoing.Text text
                ? Outgoing.text(text.text(), List.of(header.sender()))
                : message;
    }
}
