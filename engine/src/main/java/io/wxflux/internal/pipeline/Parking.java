package io.wxflux.internal.pipeline;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.journal.JournalRoom;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Session;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps a session alive while the journal can take nothing: polls at our own pace, for the server answers at once while
 * the key stands still, and now and then a webwxsync that acknowledges nothing.
 */
final class Parking {
    private static final Duration PACE = Duration.ofSeconds(25);
    private static final Duration TOUCH = Duration.ofMinutes(5);

    /** A store that does not answer what a commit reads before: the room knows only of the commits themselves. */
    private static final Duration UNANSWERED = Duration.ofSeconds(20);

    private final AccountScope scope;
    private final Policies policies;
    private final LongPoll poll;
    private final JournalRoom room;

    Parking(AccountScope scope, Policies policies, LongPoll poll) {
        this.scope = scope;
        this.policies = policies;
        this.poll = poll;
        this.room = scope.journal().room();
    }

    /** Completes when more may be fetched; parked until then. */
    Mono<Void> room(Session session) {
        return Mono.defer(() -> {
            String full = room.full();
            return full == null ? Mono.empty() : parked(session, full, room.again());
        });
    }

    /** Something that needs the store; parked while that refuses commits. */
    <T> Mono<T> whileRefused(Session session, Mono<T> work) {
        return during(session, work, room.refusal());
    }

    /** A commit; parked while the store refuses it, or does not answer. */
    <T> Mono<T> whileKept(Session session, Mono<T> commit) {
        Mono<String> silent = Mono.delay(UNANSWERED, scope.scheduler())
                .thenReturn("the store has neither taken nor refused a commit for " + UNANSWERED.toSeconds() + " s");
        return during(session, commit, Mono.firstWithSignal(room.refusal(), silent));
    }

    private <T> Mono<T> during(Session session, Mono<T> work, Mono<String> trouble) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> ended = Sinks.empty();
            Mono<Void> over = ended.asMono();
            Mono<T> alive = trouble.takeUntilOther(over)
                    .flatMap(reason -> parked(session, reason, over))
                    .then(Mono.empty());
            return Flux.merge(work.doOnTerminate(ended::tryEmitEmpty), alive).singleOrEmpty();
        });
    }

    /** Completes when the reason is over. <b>Errors</b> when the session is. */
    private Mono<Void> parked(Session session, String reason, Mono<Void> over) {
        return Mono.defer(() -> {
            scope.announcer().failed(new StoreUnavailableException("parked: " + reason));
            scope.announcer().state(AccountState.PARKED);
            scope.announcer().live(head -> new Lifecycle.Parked(head, reason));
            return keepingAlive(session).takeUntilOther(over).then(Mono.fromRunnable(this::unparked));
        });
    }

    private void unparked() {
        scope.announcer().recovered();
        scope.announcer().state(AccountState.SYNCING);
        scope.announcer().live(Lifecycle.Unparked::new);
    }

    private Flux<Void> keepingAlive(Session session) {
        return Flux.defer(() -> Mono.delay(PACE, scope.scheduler()).then(signOfLife(session)))
                .repeat();
    }

    /** The end of a session is believed from webwxsync only, as in the cycle. */
    private Mono<Void> signOfLife(Session session) {
        return Mono.defer(() -> {
                    scope.announcer().state(AccountState.PARKED);
                    return poll.check(session);
                })
                .filter(signal -> signal.retcode() != 0 || isTouchDue(session))
                .flatMap(signal -> session.touch())
                .retryWhen(policies.transientFaults());
    }

    private boolean isTouchDue(Session session) {
        return session.sinceLastSync().compareTo(TOUCH) >= 0;
    }
}
