package io.wxflux;

import io.wxflux.event.AccountStatus;
import io.wxflux.model.AccountId;
import io.wxflux.model.ArticlePush;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.StatReport;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** One account of an engine, also before that runs. Thread-safe. */
public interface Account {
    AccountId id();

    AccountStatus status();

    /** Who the account knows: people, official accounts and rooms. */
    AddressBook contacts();

    /**
     * Sends a message. Not durable: what must survive the process goes through {@link #outbox()}.
     *
     * <p><b>Emits</b> one receipt once the server accepted it. <b>Errors</b>
     * {@link io.wxflux.error.RequestRefusedException} (1204: recipient refused; bad parameter; a mentioned name that is
     * not known), {@link io.wxflux.error.ThrottledException} (1205, and while sends cool down after one; it says for how
     * long), unless {@link io.wxflux.options.SendOptions#whenThrottled} is WAIT: then the message goes out when it may;
     * {@link io.wxflux.error.SessionEndedException}, {@link io.wxflux.error.EngineStateException} while the account is not
     * signed in, {@link io.wxflux.error.HostUnreachableException} and
     * {@link io.wxflux.error.ProtocolViolationException} when it certainly did not go out,
     * {@link io.wxflux.error.OutcomeUnknownException} when it did and all answers were lost;
     * {@link io.wxflux.error.MediaRefusedException} for a file that cannot be read or sent,
     * {@link IllegalArgumentException} for mentions outside rooms and forwards that cannot be read. The ClientMsgId is
     * chosen at each subscription and the same in all attempts of it, so that no attempt doubles the message.
     * <b>Cancellation</b> does not stop a send that has begun. <b>Threads</b> an engine thread. Sends to one conversation
     * go out one after the other, in the order of subscription, and all of an account at the pace of
     * {@link io.wxflux.options.PaceOptions}: three at once, then one every 3 s.
     *
     * @param to a person or room of this login
     */
    Mono<SendReceipt> send(UserName to, Outgoing message);

    /**
     * As {@link #send(UserName, Outgoing)}, and tells how far the upload of a file is: bytes that the service has, of those
     * of the whole file, after each piece of half a megabyte. Messages without a file tell nothing; a file that this session
     * has uploaded already tells its end only. An upload that has to begin anew, after a throttle, counts from its beginning
     * again.
     *
     * @param progress called on engine threads, one call at a time for each subscription; must not block. An exception of
     *     it is logged and does the send no harm
     */
    Mono<SendReceipt> send(UserName to, Outgoing message, Consumer<? super UploadProgress> progress);

    /**
     * As {@link #send(UserName, Outgoing)} of {@link Outgoing#text(String)}.
     *
     * @param text plain, raw Unicode, {@code \n} for line breaks
     */
    default Mono<SendReceipt> sendText(UserName to, String text) {
        return Mono.defer(() -> send(to, Outgoing.text(text)));
    }

    /** Messages that survive the process. */
    Outbox outbox();

    /**
     * Takes a message back that this account sent, within two minutes.
     *
     * <p><b>Emits</b> what the service says about it. <b>Errors</b> {@link io.wxflux.error.RequestRefusedException} when
     * the service refuses, and without asking it when this process sent the message more than two minutes ago; else as
     * {@link #send(UserName, Outgoing)}. It may be repeated without harm. <b>Cancellation</b> does not take back a request that went out.
     * <b>Threads</b> an engine thread.
     *
     * @param conversation it was sent to
     * @param id of the receipt
     */
    Mono<Recalled> recall(UserName conversation, MsgId id);

    /**
     * Tells the phone that a conversation was read, so that its unread mark goes away.
     *
     * <p>Completes when the service took it. <b>Errors</b> as {@link #send(UserName, Outgoing)}. It may be repeated without harm.
     * <b>Cancellation</b> does not take back a request that went out. <b>Threads</b> an engine thread.
     */
    Mono<Void> markRead(UserName conversation);

    /** Making and changing rooms. */
    Rooms rooms();

    /** Friend requests, and looking for people. */
    Friends friends();

    /**
     * The chats of the phone's list, the newest first, as the service listed them when this session began (ChatSet of
     * webwxinit); empty while the account is not signed in.
     */
    List<UserName> recentChats();

    /**
     * What official accounts published last, as the service listed it when this session began (MPSubscribeMsgList of
     * webwxinit); empty while the account is not signed in.
     */
    List<ArticlePush> articles();

    /**
     * Asks the service what it thinks of a link (webwxcheckurl), as the browser does before it opens one. The address is
     * told to the service; nothing is fetched from it.
     *
     * <p><b>Emits</b> one verdict. <b>Errors</b> {@link IllegalArgumentException} unless it is an http or https address,
     * {@link io.wxflux.error.HostUnreachableException}, {@link io.wxflux.error.ThrottledException} (1205),
     * {@link io.wxflux.error.EngineStateException} while the account is not signed in. <b>Backpressure</b> a single value.
     * <b>Cancellation</b> drops the call. <b>Threads</b> an engine thread.
     *
     * @param url as it stands in a message
     */
    Mono<CheckedUrl> checkUrl(String url);

    /**
     * Sends a statistics report, as the browser does (webwxstatreport). The engine never does by itself.
     *
     * <p>Completes when the service took it. <b>Errors</b> {@link io.wxflux.error.RequestRefusedException},
     * {@link io.wxflux.error.HostUnreachableException}, {@link io.wxflux.error.ThrottledException} (1205),
     * {@link io.wxflux.error.EngineStateException} while the account is not signed in. <b>Cancellation</b> drops the
     * call. <b>Threads</b> an engine thread.
     *
     * @param entries in order; may be empty
     */
    Mono<Void> report(List<StatReport> entries);

    /** Fetches pictures, sounds, films and files of messages, and head images. */
    Media media();

    /**
     * Lets an account sign in now that waits to do so, because somebody has the phone at hand: one that is refused, or was
     * shown as many QR codes as it may, begins anew; one that waits after too many logins, or between two tries, waits no
     * longer; only the rest after a 1205 is kept. An account that is signed in, or signing in, goes on unchanged.
     *
     * <p>Completes at once; what comes of it, events tell. <b>Errors</b> none. <b>Cancellation</b> has no effect.
     * <b>Threads</b> the caller's.
     */
    Mono<Void> signIn();

    /**
     * Ends the session at the server and forgets its credentials; the account needs a new scan to sign in again. Completes
     * when the server answered or the attempt failed: the account is stopped in either case. <b>Errors</b>
     * {@link io.wxflux.error.StoreUnavailableException} when the store cannot take it now: ask again, or the next start
     * tries to resume a session that is over.
     */
    Mono<Void> logout();
}
