package io.wxflux.internal.session;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.contacts.ContactQuestions;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.wire.ContactPatch;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.model.Contact;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What all commands about people and rooms have in common: their turn, an answer that is lost, and that what they changed
 * is known at once. The service's own news of it takes up to minutes (PROTOCOL 13).
 */
final class Commands {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.session");

    /** A caller waits for it; the service's own news comes anyway. */
    private static final Duration READING = Duration.ofSeconds(10);

    private final AccountScope scope;
    private final Supplier<SignedIn> signedIn;
    private final BooleanSupplier isOver;

    /** @param isOver whether the session has ended: after a long wait its tokens are worth nothing */
    Commands(AccountScope scope, Supplier<SignedIn> signedIn, BooleanSupplier isOver) {
        this.scope = scope;
        this.isOver = isOver;
        this.signedIn = signedIn;
    }

    /**
     * One attempt, in its turn. Nothing is repeated: people would see a second invitation, room or request.
     *
     * @param request asked for when it is its turn, with the tokens of then
     */
    <T> Mono<T> change(Operation operation, Function<SignedIn, Mono<T>> request) {
        return ask(operation, request)
                .onErrorMap(
                        error -> error instanceof HostUnreachableException unreachable && !unreachable.neverSent()
                                || error instanceof ProtocolViolationException,
                        error -> new OutcomeUnknownException(
                                "no usable answer came, so it may or may not have been done; nothing is asked twice: "
                                        + error.getMessage()));
    }

    /** As {@link #change}, for what changes nothing. */
    <T> Mono<T> ask(Operation operation, Function<SignedIn, Mono<T>> request) {
        return scope.paces()
                .inTurn(
                        operation,
                        Mono.defer(() -> isOver.getAsBoolean()
                                ? Mono.error(new EngineStateException("account " + scope.id()
                                        + " was signed out meanwhile, nothing was asked of the service"))
                                : request.apply(signedIn.get())));
    }

    /** <b>Emits</b> the contact as last told. */
    Mono<Contact> known(UserName userName) {
        return scope.contacts().reader().find(userName);
    }

    /** <b>Emits</b> the contact as the service has it now; empty when that cannot be read soon, which is logged. */
    Mono<Contact> read(UserName userName) {
        return Mono.defer(() -> {
                    ContactQuestions questions = scope.contacts().questions();
                    return questions == null ? Mono.just(false) : questions.afresh(ContactQuery.of(userName));
                })
                .timeout(READING, Mono.just(false), scope.scheduler())
                .flatMap(told -> told ? known(userName) : Mono.empty())
                .onErrorResume(error -> notKept(error).then(Mono.empty()));
    }

    /** What was just done, as far as the answer says it. Does not fail: it was done. */
    Mono<Void> learn(ContactPatch news) {
        return scope.contacts().changed(List.of(news), List.of()).onErrorResume(this::notKept);
    }

    Mono<Void> forget(UserName userName) {
        return scope.contacts().changed(List.of(), List.of(userName)).onErrorResume(this::notKept);
    }

    private Mono<Void> notKept(Throwable error) {
        log.warn("{}: what a command changed could not be kept: {}", scope.id(), error.getMessage());
        return Mono.empty();
    }
}
