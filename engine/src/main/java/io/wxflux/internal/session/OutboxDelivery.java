package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.EngineStateException;
import io.wxflux.error.FencedException;
import io.wxflux.error.MediaRefusedException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.Remedy;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.ThrottledException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.model.Contact;
import io.wxflux.model.MsgId;
import io.wxflux.model.OutboxEntry.State;
import io.wxflux.model.Outgoing;
import io.wxflux.model.SendReceipt;
import io.wxflux.model.StableId;
import io.wxflux.model.UserName;
import io.wxflux.options.WhenThrottled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One message of the outbox, from when it is its conversation's turn until it is final. */
final class OutboxDelivery {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.outbox");

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final MsgId NO_ID = new MsgId("");

    private final AccountScope scope;
    private final OutboxBook book;

    /** Touched by the steps only, which follow each other. */
    private volatile OutboxMail mail;

    private volatile int failures;

    /** The attempt under way came to the request itself: what is refused from there on, the service refuses. */
    private volatile boolean asked;

    OutboxDelivery(AccountScope scope, OutboxBook book, OutboxMail mail) {
        this.scope = scope;
        this.book = book;
        this.mail = mail;
    }

    /** Completes when the message is final. <b>Errors</b> with the store's only. */
    Mono<Void> untilFinal() {
        return Mono.defer(this::step).repeat().takeUntil(ended -> ended).then();
    }

    /** <b>Emits</b> whether the message is final. */
    private Mono<Boolean> step() {
        if (left().isZero()) {
            return expired();
        }
        Session session = scope.readySession();
        return session == null
                ? scope.ready().timeout(left(), Mono.empty(), scope.scheduler()).thenReturn(false)
                // In this order: what is whole before it is searched has everybody in it.
                : scope.contacts()
                        .reader()
                        .isWhole()
                        .flatMap(whole -> addressed(session)
                                .flatMap(to -> attempt(session, to))
                                .switchIfEmpty(Mono.defer(() -> outOfLogin(whole))));
    }

    /** Zero when it has expired. */
    private Duration left() {
        Duration left = Duration.between(scope.now(), mail.entry().expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Mono<Boolean> expired() {
        return mayHaveArrived()
                ? end(State.UNKNOWN, NO_ID, "expired before an answer came; it may or may not have arrived")
                : end(
                        State.EXPIRED,
                        NO_ID,
                        "expired: it could not be sent before " + mail.entry().expiresAt());
    }

    /** Between two attempts: one that certainly did not arrive has been taken back to QUEUED by then. */
    private boolean mayHaveArrived() {
        return mail.entry().state() == State.SENT;
    }

    /** Nothing when the names in it are of another login and the new ones cannot be told. */
    private Mono<Recipient> addressed(Session session) {
        UserName self = mail.self();
        UserName to = mail.entry().to();
        if (self.isEmpty() || self.equals(session.self())) {
            return Mono.just(new Recipient(to, mail.message()));
        }
        return canBeFound()
                ? scope.contacts()
                        .reader()
                        .all()
                        .filter(this::isRecipient)
                        .next()
                        .map(contact -> new Recipient(contact.userName(), mail.message()))
                : Mono.empty();
    }

    /** In another login than the one it was put in: whether there is something to know the recipient by. */
    private boolean canBeFound() {
        boolean namesOthers =
                mail.message() instanceof Outgoing.Text text && !text.mentions().isEmpty();
        return !mail.person().isEmpty() && !namesOthers;
    }

    /** A guess is not enough to write to somebody. */
    private boolean isRecipient(Contact contact) {
        StableId id = contact.stableId();
        return id != null
                && id.value().equals(mail.person())
                && (id.confidence() == StableId.Confidence.CERTAIN || id.confidence() == StableId.Confidence.LIKELY);
    }

    private record Recipient(UserName to, Outgoing message) {}

    /** @param whole as long as the address book of this login is not, nobody can be said to be missing from it */
    private Mono<Boolean> outOfLogin(boolean whole) {
        if (canBeFound() && !whole) {
            return pause(backOff());
        }
        return cannotGoOn("the recipient's name is of an earlier login and holds no more; find the recipient anew");
    }

    private Mono<Boolean> cannotGoOn(String reason) {
        return mayHaveArrived() ? end(State.UNKNOWN, NO_ID, reason) : end(State.REFUSED, NO_ID, reason);
    }

    /** What came of an attempt: a receipt, or why there is none. */
    private record Outcome(
            @Nullable SendReceipt receipt, @Nullable Throwable error) {}

    private Mono<Boolean> attempt(Session session, Recipient to) {
        boolean doubtful = mayHaveArrived();
        asked = false;
        return unchanged(to.message())
                .then(Mono.defer(() -> scope.sends()
                        .send(
                                session,
                                to.to(),
                                to.message(),
                                mail.entry().id(),
                                WhenThrottled.FAIL,
                                this::goingOut,
                                Sends.UNTOLD)))
                .map(receipt -> new Outcome(receipt, null))
                .onErrorResume(error -> !concernsTheStore(error), error -> Mono.just(new Outcome(null, error)))
                .flatMap(outcome -> outcome.receipt() != null
                        ? end(State.ACCEPTED, outcome.receipt().id(), "")
                        : failed(session, requireNonNull(outcome.error()), doubtful));
    }

    /** The file to be uploaded must be the one that was put in: it may have changed while nobody looked. */
    private Mono<Void> unchanged(Outgoing message) {
        return message instanceof Outgoing.Upload upload && mail.file() != null
                ? scope.sends()
                        .mark(upload)
                        .filter(mail.file()::equals)
                        .switchIfEmpty(Mono.error(OutboxDelivery::changed))
                        .then()
                : Mono.empty();
    }

    /** It may also have changed while the message waited for its turn. */
    private boolean isAnother(@Nullable UploadedMedia media) {
        OutboxMail.FileMark file = mail.file();
        return media != null && file != null && !file.equals(new OutboxMail.FileMark(media.size(), media.md5()));
    }

    private static MediaRefusedException changed() {
        return new MediaRefusedException("the file has changed since the message was put in; nothing was sent");
    }

    /** Durable before the first attempt: what is QUEUED after a crash has certainly not arrived. */
    private Mono<Void> goingOut(Drafts.Ready ready) {
        return Mono.defer(() -> {
            if (isAnother(ready.media())) {
                return Mono.error(changed());
            }
            if (left().isZero()) {
                return Mono.error(new EngineStateException("the message has expired"));
            }
            asked = true;
            return mayHaveArrived()
                    ? Mono.empty()
                    : book.sent(mail).doOnNext(next -> mail = next).then();
        });
    }

    private Mono<Boolean> failed(Session session, Throwable error, boolean doubtful) {
        if (error instanceof OutcomeUnknownException) {
            return pause(backOff());
        }
        if (error instanceof RequestRefusedException || error instanceof IllegalArgumentException) {
            String reason = String.valueOf(error.getMessage());
            // Only the service knows that an earlier attempt did not arrive either.
            return asked || !doubtful ? end(State.REFUSED, NO_ID, reason) : cannotGoOn(reason);
        }
        Mono<OutboxMail> back = !doubtful && mayHaveArrived() ? book.unsent(mail) : Mono.just(mail);
        return back.flatMap(now -> {
            mail = now;
            if (error instanceof ThrottledException throttled) {
                return pause(throttled.retryAfter());
            }
            if (error instanceof EngineStateException || remedy(error) == Remedy.RELOGIN) {
                return scope.readySession() == session ? pause(backOff()) : Mono.just(false);
            }
            if (remedy(error) == Remedy.RETRY || remedy(error) == Remedy.NEXT_HOST) {
                return pause(backOff());
            }
            if (!(error instanceof WxfluxException)) {
                log.error(
                        "{}: unexpected {} in the outbox",
                        scope.id(),
                        error.getClass().getName(),
                        error);
            }
            return cannotGoOn(String.valueOf(error.getMessage()));
        });
    }

    private static @Nullable Remedy remedy(Throwable error) {
        return error instanceof WxfluxException known ? known.remedy() : null;
    }

    private static boolean concernsTheStore(Throwable error) {
        return error instanceof FencedException
                || error instanceof UnknownOutcomeException
                || error instanceof CorruptStoreException
                || error instanceof StoreUnavailableException;
    }

    private Duration backOff() {
        long most = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(most / 2 + scope.random().nextLong(most / 2 + 1));
    }

    private Mono<Boolean> pause(Duration wished) {
        Duration left = left();
        Duration wait = wished.compareTo(left) < 0 ? wished : left;
        return Mono.delay(wait, scope.scheduler()).thenReturn(false);
    }

    private Mono<Boolean> end(State state, MsgId msgId, String reason) {
        return book.end(mail, state, msgId, reason).thenReturn(true);
    }
}
