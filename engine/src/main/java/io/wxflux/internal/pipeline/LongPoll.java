package io.wxflux.internal.pipeline;

import io.wxflux.error.AllHostsFailedException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Session;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One synccheck, at the first candidate host that answers. One account, one poll at a time. */
final class LongPoll {
    private final AccountScope scope;
    private String host = "";
    private long began;

    LongPoll(AccountScope scope) {
        this.scope = scope;
    }

    Mono<SyncSignal> check(Session session) {
        return Mono.defer(() -> {
            var failures = new ArrayList<Throwable>();
            return Flux.fromIterable(session.hosts().pushCandidates())
                    .concatMap(
                            candidate -> at(session, candidate).onErrorResume(LongPoll::isTheHostsFault, error -> {
                                failures.add(error);
                                return Mono.empty();
                            }),
                            0)
                    .next()
                    // Behind the choice of the host: what the service says is not the fault of a host.
                    .doOnNext(Sync::requireUsable)
                    .switchIfEmpty(Mono.error(() -> allFailed(failures)));
        });
    }

    /** Whether the server held the last poll, as it does when nothing happens. */
    boolean wasHeld() {
        return now() - began >= SpinGuard.HELD_MILLIS;
    }

    private Mono<SyncSignal> at(Session session, String candidate) {
        return Mono.defer(() -> {
                    began = now();
                    return session.check(candidate);
                })
                .doOnNext(signal -> {
                    if (signal.retcode() != 0 && !session.hosts().isHome(candidate)) {
                        throw new HostUnreachableException(candidate + " does not know the session (" + signal.retcode()
                                + "), which says nothing: it is not of the session's own family");
                    }
                    polledAt(candidate);
                });
    }

    private void polledAt(String candidate) {
        if (!candidate.equals(host)) {
            String before = host;
            host = candidate;
            scope.announcer().pollHost(candidate);
            if (!before.isEmpty()) {
                scope.announcer()
                        .live(head -> new Lifecycle.HostSwitched(head, before, candidate, "the former did not answer"));
            }
        }
    }

    private static boolean isTheHostsFault(Throwable error) {
        return error instanceof HostUnreachableException || error instanceof ProtocolViolationException;
    }

    private static AllHostsFailedException allFailed(List<Throwable> failures) {
        var all = new AllHostsFailedException("synccheck failed at all " + failures.size() + " hosts; the last: "
                + (failures.isEmpty()
                        ? "none was tried"
                        : failures.get(failures.size() - 1).getMessage()));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private long now() {
        return scope.service().stamps().steady();
    }
}
