package io.wxflux.internal.session;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.protocol.Send;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.PlainTime;
import io.wxflux.model.Recalled;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import io.wxflux.options.WhenThrottled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** What an account says to others: messages, and what belongs to them. */
public final class Sends {
    /** Nobody looks on. */
    public static final Consumer<UploadProgress> UNTOLD = progress -> {};

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** After that the service refuses, and people have read it. */
    private static final Duration RECALL_WINDOW = Duration.ofMinutes(2);

    private static final int MOST_RECENT = 1_000;

    /** @param millis when it was accepted */
    private record Sent(String clientMsgId, long millis) {}

    private final AccountScope scope;
    private final WhenThrottled whenThrottled;
    private final Drafts drafts;
    private final Recent<MsgId, Sent> recent = new Recent<>(MOST_RECENT);
    private final Lanes lanes = new Lanes();

    Sends(AccountScope scope, WhenThrottled whenThrottled) {
        this.scope = scope;
        this.whenThrottled = whenThrottled;
        this.drafts = new Drafts(scope);
    }

    /** As {@link io.wxflux.Account#send(UserName, Outgoing, Consumer)}. */
    public Mono<SendReceipt> send(
            Session session, UserName to, Outgoing message, Consumer<? super UploadProgress> progress) {
        return Mono.defer(() -> send(
                session,
                to,
                message,
                Send.newClientMsgId(scope.service()),
                whenThrottled,
                ready -> Mono.empty(),
                progress));
    }

    /**
     * All attempts of one message, in its conversation's turn.
     *
     * <p><b>Errors</b> {@link OutcomeUnknownException} only when an attempt went out whose answer was lost; whatever else
     * it is, the message did not go out.
     *
     * @param beforeFirst waited for when the first attempt is about to go out, of what is going out
     * @param progress of the upload
     */
    Mono<SendReceipt> send(
            Session session,
            UserName to,
            Outgoing message,
            String clientMsgId,
            WhenThrottled choice,
            Function<Drafts.Ready, Mono<Void>> beforeFirst,
            Consumer<? super UploadProgress> progress) {
        return lanes.inTurn(
                to,
                () -> drafts.of(session, to, message, choice, progress)
                        .flatMap(ready -> attempts(session, to, ready, clientMsgId, choice, beforeFirst)
                                .doOnError(RequestRefusedException.class, refused -> forget(session, ready.media())))
                        .doOnNext(receipt -> {
                            scope.journal()
                                    .sent(session.signedIn().credentials().uin(), receipt.id());
                            if (!receipt.id().value().isEmpty()) {
                                recent.add(
                                        receipt.id(),
                                        new Sent(
                                                clientMsgId,
                                                scope.service().stamps().steady()));
                            }
                        }));
    }

    /** Reads a file that is to be uploaded: what it is now. */
    Mono<OutboxMail.FileMark> mark(Outgoing.Upload upload) {
        return drafts.mark(upload);
    }

    private Mono<SendReceipt> attempts(
            Session session,
            UserName to,
            Drafts.Ready ready,
            String clientMsgId,
            WhenThrottled choice,
            Function<Drafts.Ready, Mono<Void>> beforeFirst) {
        return Mono.defer(() -> {
            var begun = new AtomicBoolean();
            var doubtful = new AtomicBoolean();
            Mono<SendReceipt> attempt = Mono.defer(() -> open(session))
                    .then(Mono.defer(() -> begun.getAndSet(true) ? Mono.<Void>empty() : beforeFirst.apply(ready)))
                    .then(Mono.defer(() -> Send.message(session.signedIn(), to, ready.draft(), clientMsgId)
                            .doOnError(Sends::mayHaveArrived, error -> doubtful.set(true))));
            return scope.paces()
                    .untilThrough(Operation.SEND, choice, attempt)
                    .retryWhen(lostOnes())
                    .onErrorMap(error -> doubtful.get() && !(error instanceof RequestRefusedException), Sends::unknown);
        });
    }

    private RetryBackoffSpec lostOnes() {
        return Retry.backoff(ATTEMPTS - 1, FIRST_WAIT)
                .scheduler(scope.scheduler())
                .filter(Sends::mayBeRepeated)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    /** A session that ended meanwhile takes nothing any more, and the names in the message are of its login. */
    private Mono<Void> open(Session session) {
        return scope.session() == session
                ? Mono.empty()
                : Mono.error(new EngineStateException(
                        "account " + scope.id() + " was signed out meanwhile, the message was not sent"));
    }

    private static void forget(Session session, @Nullable UploadedMedia media) {
        if (media != null) {
            session.transfers().forget(media);
        }
    }

    private static boolean mayBeRepeated(Throwable error) {
        return error instanceof HostUnreachableException || error instanceof ProtocolViolationException;
    }

    private static boolean mayHaveArrived(Throwable error) {
        return error instanceof HostUnreachableException lost
                ? !lost.neverSent()
                : error instanceof ProtocolViolationException;
    }

    private static OutcomeUnknownException unknown(Throwable last) {
        return new OutcomeUnknownException(
                "no answer came to the message; it may or may not have arrived. The last attempt: " + last.getMessage(),
                last);
    }

    /** As {@link io.wxflux.Account#recall}. */
    public Mono<Recalled> recall(Session session, UserName conversation, MsgId id) {
        return Mono.defer(() -> {
            Sent sent = recent.find(id);
            long age = sent == null ? 0 : scope.service().stamps().steady() - sent.millis();
            if (age > RECALL_WINDOW.toMillis()) {
                return Mono.error(new RequestRefusedException(
                        "messages can be taken back for " + PlainTime.of(RECALL_WINDOW) + ", and this one was sent "
                                + PlainTime.of(Duration.ofMillis(age)) + " ago; the service was not asked"));
            }
            String clientMsgId = sent == null ? Send.newClientMsgId(scope.service()) : sent.clientMsgId();
            return scope.paces()
                    .inTurn(
                            Operation.RECALL,
                            Mono.defer(() -> Send.recall(session.signedIn(), conversation, id, clientMsgId)))
                    .retryWhen(lostOnes());
        });
    }

    /** As {@link io.wxflux.Account#markRead}. */
    public Mono<Void> markRead(Session session, UserName conversation) {
        return scope.paces()
                .inTurn(Operation.MARK_READ, Mono.defer(() -> Start.markRead(session.signedIn(), conversation)))
                .retryWhen(lostOnes());
    }
}
