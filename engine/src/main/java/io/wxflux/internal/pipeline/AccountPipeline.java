package io.wxflux.internal.pipeline;

import io.wxflux.error.WxfluxException;
import io.wxflux.event.AccountState;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Session;
import io.wxflux.internal.session.SessionOpener;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One account from login to stop, as one Flux. Emits every finished turn of the cycle, completes after a stop, and fails
 * only with what a person must mend.
 */
public final class AccountPipeline {
    private final AccountScope scope;
    private final Mono<Void> stop;
    private final Policies policies;
    private final LongPoll poll;
    private final Parking parking;
    private final Drain drain;
    private final CycleRecord record;

    public AccountPipeline(AccountScope scope, Mono<Void> stop) {
        this.scope = scope;
        this.stop = stop;
        this.policies = new Policies(scope);
        this.poll = new LongPoll(scope);
        this.parking = new Parking(scope, policies, poll);
        this.record = new CycleRecord(scope.id().value(), scope.scheduler());
        this.drain = new Drain(scope, parking, record);
    }

    public Flux<Turn> account() {
        return Flux.usingWhen(
                        opening().takeUntilOther(stop),
                        session -> Flux.merge(
                                        Flux.concat(greeting(session), syncing(session)),
                                        session.upkeep().thenMany(Flux.<Turn>empty()))
                                .takeUntilOther(stop),
                        Session::suspend,
                        Session::end,
                        Session::suspend)
                .onErrorMap(AccountPipeline::unwrapped)
                .retryWhen(policies.relogin(stop));
    }

    /** usingWhen wraps what fails in closing, which would hide the remedy. */
    private static Throwable unwrapped(Throwable error) {
        return error.getClass() == RuntimeException.class && error.getCause() instanceof WxfluxException known
                ? known
                : error;
    }

    private Mono<Session> opening() {
        return SessionOpener.open(scope).retryWhen(policies.transientFaults()).doOnNext(session -> policies.opened());
    }

    private Flux<Turn> greeting(Session session) {
        return parking.whileRefused(session, session.greeting()).thenMany(Flux.defer(() -> {
            scope.announcer().state(AccountState.SYNCING);
            return Flux.empty();
        }));
    }

    /** The retry is inside, so that nothing but an error ends it; what is repeated is the turn, never the poll alone. */
    private Flux<Turn> syncing(Session session) {
        return record.of(turn(session))
                .doOnNext(this::confirmed)
                .retryWhen(policies.faultsOfCycle())
                .repeat();
    }

    private Flux<Turn> turn(Session session) {
        return Flux.defer(() -> poll.check(session)).concatMap(signal -> {
            record.polled(poll.host(), signal);
            return mustSync(session, signal) ? drain.pages(session) : drain.idle(poll.wasHeld());
        });
    }

    /** An end of the session is believed from webwxsync on the home host only, so that is asked, too. */
    private boolean mustSync(Session session, SyncSignal signal) {
        return signal.hasNews() || signal.retcode() != 0 || drain.isRenewalDue(session);
    }

    private void confirmed(Turn turn) {
        policies.confirmed();
        if (turn == Turn.NEWS || turn == Turn.IDLE) {
            policies.progressed();
        }
        if (turn != Turn.SPINNING) {
            scope.announcer().recovered();
        }
        scope.announcer().state(AccountState.SYNCING);
    }

    /** What a turn of the cycle brought. */
    public enum Turn {
        NEWS,
        /** Nothing, after the poll was held. */
        IDLE,
        /** Nothing, at once; or news that were none. */
        EMPTY,
        /** Nothing again, as so often now that there was an alarm. */
        SPINNING
    }
}
