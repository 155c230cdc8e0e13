package io.wxflux.model;

import java.time.Instant;
import java.util.Locale;

/**
 * A message in an account's outbox, or what became of it.
 *
 * @param id its ClientMsgId: chosen when it was put in, and the same in every attempt, in this process and the next
 * @param to the recipient, by the name it had when the message was put in
 * @param kind of the message
 * @param state what became of it so far
 * @param queuedAt when it was put in
 * @param expiresAt when it is given up
 * @param msgId the server's id, once it is ACCEPTED; else empty, and also when the server left it out
 * @param reason why, when it is REFUSED, UNKNOWN or EXPIRED; else empty
 */
public record OutboxEntry(
        String id,
        UserName to,
        Outgoing.Kind kind,
        State state,
        Instant queuedAt,
        Instant expiresAt,
        MsgId msgId,
        String reason) {
    /** Each but QUEUED and SENT is final. */
    public enum State {
        /** Durable here, and certainly not at the server. */
        QUEUED,
        /** An attempt is about to go out, is out, or its answer was lost: it may be at the server. */
        SENT,
        /** The server has it. */
        ACCEPTED,
        /** The server, or the engine before it asked, said no: the recipient does not get it. */
        REFUSED,
        /** It was tried, and no answer came before it expired or its login ended: the recipient may have it or not. */
        UNKNOWN,
        /** It expired without having been at the server. */
        EXPIRED;

        public boolean isFinal() {
            return this != QUEUED && this != SENT;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OutboxEntry with(State next, MsgId id, String why) {
        return new OutboxEntry(this.id, to, kind, next, queuedAt, expiresAt, id, why);
    }
}
