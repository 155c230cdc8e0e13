package io.wxflux;

import io.wxflux.event.AccountStatus;
import io.wxflux.model.AccountId;
import io.wxflux.model.Contact;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UserName;
import java.util.List;
import reactor.core.publisher.Mono;

/** One account of a running engine. Thread-safe. */
public interface Account {
    AccountId id();

    AccountStatus status();

    /** The contacts as last read, rooms with their members; empty before the account was ready for the first time. */
    List<Contact> contacts();

    /**
     * Sends a text.
     *
     * <p><b>Emits</b> one receipt once the server accepted it. <b>Errors</b>
     * {@link io.wxflux.error.RequestRefusedException} (recipient refused, bad parameter),
     * {@link io.wxflux.error.ThrottledException} (1205), {@link io.wxflux.error.SessionEndedException},
     * {@link io.wxflux.error.EngineStateException} while the account is not signed in,
     * {@link io.wxflux.error.OutcomeUnknownException} when all answers were lost. The ClientMsgId is chosen at each
     * subscription and the same in all attempts of it, so that no attempt doubles the message. <b>Cancellation</b> does not
     * stop a send that has begun. <b>Threads</b> an engine thread. Sends to one conversation go out
     * one after the other, in the order of subscription, and all of an account at the pace of
     * {@link io.wxflux.options.SendOptions}: three at once, then one every 3 s.
     *
     * @param to a person or room of this login
     * @param text plain, raw Unicode, {@code \n} for line breaks
     */
    Mono<SendReceipt> sendText(UserName to, String text);

    /** Fetches pictures, sounds, films and files of messages, and head images. */
    Media media();

    /**
     * Ends the session at the server and forgets its credentials; the account needs a new scan to sign in again. Completes
     * when the server answered or the attempt failed: the account is stopped in either case.
     */
    Mono<Void> logout();
}
