package io.wxflux.internal.pipeline;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.pipeline.AccountPipeline.Turn;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Session;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** webwxsync until the server has no more, each page durable before the next is asked for. */
final class Drain {
    /** The server has been seen to say "more" for ever. */
    private static final int MOST_PAGES = 1_000;

    /** Session cookies live 12 h and only webwxsync renews them: a quiet account makes an empty one now and then. */
    private static final Duration RENEWAL = Duration.ofHours(1);

    private final AccountScope scope;
    private final Parking parking;
    private final SpinGuard guard;
    private final CycleRecord record;

    Drain(AccountScope scope, Parking parking, CycleRecord record) {
        this.scope = scope;
        this.parking = parking;
        this.record = record;
        this.guard = new SpinGuard(scope.random());
    }

    /**
     * One turn for each page with news, so that every one of them is seen to have got on; else one without. After a page
     * without news the next is asked for in the next turn, whatever the server says of more.
     */
    Flux<Turn> pages(Session session) {
        return step(session)
                .expand(step -> step.more() && isNews(step) ? step(session) : Mono.empty())
                .take(MOST_PAGES)
                .filter(step -> {
                    record.kept();
                    return isNews(step);
                })
                .map(step -> news())
                .switchIfEmpty(Mono.defer(() -> nothing(2)));
    }

    /** Fetches what follows the durable key and makes it durable together with the next key; only then the key moves on. */
    private Mono<Session.Step> step(Session session) {
        return parking.room(session).then(record.fetching(session.fetch())).flatMap(page -> {
            record.fetched(page);
            return parking.whileKept(session, session.keep(page));
        });
    }

    /** @param held whether the server held the poll before it said "nothing" */
    Mono<Turn> idle(boolean held) {
        return held ? Mono.fromRunnable(guard::progressed).thenReturn(Turn.IDLE) : nothing(1);
    }

    boolean isRenewalDue(Session session) {
        return session.sinceLastSync().compareTo(RENEWAL) >= 0;
    }

    private Turn news() {
        guard.progressed();
        return Turn.NEWS;
    }

    private Mono<Turn> nothing(int requests) {
        return Mono.defer(() -> {
            Duration wait = guard.empty(requests);
            if (guard.isAlarm()) {
                alarm(requests, wait);
            }
            return Mono.delay(wait, scope.scheduler()).thenReturn(guard.isSpinning() ? Turn.SPINNING : Turn.EMPTY);
        });
    }

    private void alarm(int requests, Duration wait) {
        String what = requests == 1
                ? "synccheck is answered at once instead of being held"
                : "synccheck says that there is news, and webwxsync brings none";
        var error = new ProtocolViolationException(what + ", " + guard.emptyTurns()
                + " times in a row; the account goes on, a few requests a minute. Nothing is to be done, unless messages"
                + " are missing on the phone, too");
        scope.announcer().failed(error);
        scope.announcer()
                .live(head ->
                        new Lifecycle.BackingOff(head, String.valueOf(error.getMessage()), guard.emptyTurns(), wait));
    }

    /** The key alone is none: two of its entries hold the time and move with every webwxsync (PROTOCOL 3). */
    private static boolean isNews(Session.Step step) {
        return step.fresh() > 0 || step.any() && step.keyMoved();
    }
}
