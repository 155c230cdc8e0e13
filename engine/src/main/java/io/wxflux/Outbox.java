package io.wxflux;

import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Messages that are sent whatever happens in between: kept with the account, sent in order per conversation when it is
 * signed in, and driven again after a crash, under the same ClientMsgId each time, by which the service knows a repetition.
 * What becomes of each is told by {@link io.wxflux.event.SendEvent}s, which are journaled, and by {@link #await}.
 *
 * <p>A message is asked again until the service says yes or no or the message expires; 1205 makes it wait. Names of people
 * and rooms hold for one login: a message whose recipient's name is of an earlier login goes to whom this login knows by
 * the same stable id, if a remark, an alias or an id of the service proves that; else, and always when it mentions people,
 * it is REFUSED, or UNKNOWN if it may have gone out already.
 */
public interface Outbox {
    /**
     * Puts a message in.
     *
     * <p><b>Emits</b> the entry once it is durable: from then on it survives the process. <b>Errors</b>
     * {@link io.wxflux.error.OutboxFullException}; {@link IllegalArgumentException} for a media source that is no file, as
     * nothing else can be read after a restart, for an expiry that is not positive, and for mentions outside a room;
     * {@link io.wxflux.error.EngineStateException} while it is not known which login the recipient's name is of, so before
     * the first login and after a logout; {@link io.wxflux.error.MediaRefusedException} for a file that cannot be read or sent.
     * <b>Cancellation</b> does not take back what has begun. <b>Threads</b> an engine thread. Messages put in one after
     * the other go out so, within a conversation.
     *
     * @param to a person or room of this login, or a built-in account such as {@code filehelper}
     * @param message a file to be uploaded must stay where it is, and as it is, until the message is final
     * @param expiry after which it is given up; at most 30 days
     */
    Mono<OutboxEntry> put(UserName to, Outgoing message, Duration expiry);

    /**
     * What is not final yet, in the order it was put in.
     *
     * <p><b>Emits</b> one list, maybe empty. <b>Errors</b> {@link io.wxflux.error.EngineStateException} before the account
     * has started. <b>Cancellation</b> has nothing to stop. <b>Threads</b> the subscriber's.
     */
    Mono<List<OutboxEntry>> pending();

    /**
     * Waits for the end of a message.
     *
     * <p><b>Emits</b> the entry once it is final; at once for the last 1,000 that ended in this process. <b>Errors</b>
     * {@link IllegalArgumentException} for an id that is neither pending nor one of these: what became of it is told by its
     * events; {@link io.wxflux.error.EngineStateException} when the account stops before: the entry is kept for its next
     * start. <b>Cancellation</b> stops the waiting only. <b>Threads</b> an engine thread, or the subscriber's.
     *
     * @param id of an entry
     */
    Mono<OutboxEntry> await(String id);
}
