package io.wxflux.internal.session;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.LoginScripts.LoginPoll;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Follows one uuid until its owner has confirmed, cancelled, or let it run out (PROTOCOL 5.3). */
final class PhonePrompt {
    /** The server normally holds a poll for 25 s; whatever it answers, it is not asked more often than this. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final int MOST_FAILURES = 5;

    /** How it ended. */
    sealed interface Outcome {
        record Confirmed(RedirectUri redirect) implements Outcome {}

        record Cancelled() implements Outcome {}

        record Expired() implements Outcome {}
    }

    private final AccountScope scope;
    private final String uuid;
    private boolean first = true;
    private boolean scanned;
    private int failures;

    private PhonePrompt(AccountScope scope, String uuid) {
        this.scope = scope;
        this.uuid = uuid;
    }

    /** <b>Emits</b> one outcome; {@link Outcome.Expired} at the latest when the wait is over. */
    static Mono<Outcome> follow(AccountScope scope, String uuid, Duration wait) {
        return Mono.defer(() -> new PhonePrompt(scope, uuid).outcome())
                .takeUntilOther(Mono.delay(wait, scope.scheduler()))
                .defaultIfEmpty(new Outcome.Expired());
    }

    private Mono<Outcome> outcome() {
        return Mono.defer(this::once)
                .repeatWhenEmpty(Integer.MAX_VALUE, rounds -> rounds.delayElements(PACE, scope.scheduler()));
    }

    private Mono<Outcome> once() {
        return QrLogin.poll(scope.service(), uuid, first)
                .doOnNext(answer -> first = false)
                .flatMap(this::understood)
                .onErrorResume(HostUnreachableException.class, this::failed)
                .onErrorResume(ProtocolViolationException.class, this::failed);
    }

    private Mono<Outcome> understood(LoginPoll answer) {
        return switch (answer.code()) {
            case 200 -> Mono.fromSupplier(() -> new Outcome.Confirmed(RedirectUri.parse(answer.redirectUri())));
            case 201 -> {
                if (!scanned) {
                    scanned = true;
                    scope.announcer().state(AccountState.CONFIRMING);
                    scope.announcer().live(Lifecycle.Scanned::new);
                }
                yield nothingYet();
            }
            case 202 -> Mono.just(new Outcome.Cancelled());
            case 400, 500 -> Mono.just(new Outcome.Expired());
            case 408 -> nothingYet();
            default ->
                failed(new ProtocolViolationException("the login poll was answered with the code " + answer.code()));
        };
    }

    private Mono<Outcome> nothingYet() {
        failures = 0;
        return Mono.empty();
    }

    /** The same uuid is asked again; after a few failures in a row it counts as expired. */
    private Mono<Outcome> failed(Throwable error) {
        scope.announcer().failed(error);
        failures++;
        if (failures >= MOST_FAILURES) {
            return Mono.just(new Outcome.Expired());
        }
        return Mono.delay(PACE.multipliedBy(1L << failures), scope.scheduler()).then(Mono.empty());
    }
}
