package io.wxflux.internal.pipeline;

import io.wxflux.error.AllHostsFailedException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.jfr.FailoverEvent;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.session.AccountScope;
import io.wxflux.internal.session.Session;
import io.wxflux.internal.transport.HostGuard;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One synccheck, at the first candidate host that answers. One account, one poll at a time. */
final class LongPoll {
    private final AccountScope scope;
    private final Strangers strangers = new Strangers();

    /** Where the last poll was taken; empty before the first. */
    private volatile String host = "";

    /** The last poll there was answered, so its connection is there as a rule. */
    private volatile boolean settled;

    private volatile long began;

    LongPoll(AccountScope scope) {
        this.scope = scope;
    }

    Mono<SyncSignal> check(Session session) {
        return Mono.defer(() -> {
            var attempt = new Attempt(session);
            return Flux.fromIterable(attempt.inOrder())
                    .concatMap(attempt::at, 0)
                    .next()
                    // Behind the choice of the host: what the service says is not the fault of a host.
                    .doOnNext(Sync::requireUsable)
                    .switchIfEmpty(Mono.error(attempt::allFailed));
        });
    }

    /** Where the last poll was taken. */
    String host() {
        return host;
    }

    /** Whether the server held the last poll, as it does when nothing happens. */
    boolean wasHeld() {
        return now() - began >= TimeUnit.MILLISECONDS.toNanos(SpinGuard.HELD_MILLIS);
    }

    /** Not the wall clock, which may be set. */
    private long now() {
        return scope.scheduler().now(TimeUnit.NANOSECONDS);
    }

    private HostGuard guard(String candidate) {
        return scope.hostGuards().of(candidate);
    }

    private static boolean isTheHostsFault(Throwable error) {
        return error instanceof HostUnreachableException || error instanceof ProtocolViolationException;
    }

    /**
     * The candidates, one after the other, until one answers. Of those that failed the last time anybody asked, one only
     * is tried: with everything down, an account makes one request in an attempt and not one for each host there is. And
     * of those that are strange to the session one only: after an outage everybody would ask them all.
     */
    private final class Attempt {
        private final Session session;
        private final List<String> candidates;
        private final Map<String, Throwable> failures = new LinkedHashMap<>();

        /** The host that is asked a second time; empty while there is none. */
        private String again = "";

        private boolean dared;
        private boolean strayed;
        private boolean crowded;

        Attempt(Session session) {
            this.session = session;
            this.candidates =
                    session.hosts().pushCandidates(scope.service().http().pushHosts());
        }

        /** Best first. When none that may be asked is good, the one that was left alone for longest: each has its turn. */
        List<String> inOrder() {
            long now = now();
            return candidates.stream()
                            .anyMatch(candidate -> guard(candidate).isGood() && !strangers.has(session, candidate, now))
                    ? candidates
                    : candidates.stream()
                            .sorted(Comparator.comparingLong(
                                    candidate -> guard(candidate).lastTried() - now))
                            .toList();
        }

        Mono<SyncSignal> at(String candidate) {
            HostGuard guard = guard(candidate);
            boolean risky = !guard.isGood();
            boolean home = session.hosts().isHome(candidate);
            if (risky && dared || !home && isTooMuch(candidate)) {
                return Mono.empty();
            }
            boolean connects = !(settled && candidate.equals(host));
            if (connects && guard.isCrowded()) {
                crowded = true;
                return next(
                        candidate,
                        HostUnreachableException.neverSent("so many accounts are connecting to " + candidate
                                + " that this one would wait too long, nothing was sent"));
            }
            HostGuard.Call call = guard.admit(candidate.equals(again));
            if (call == null) {
                return next(candidate, guard.down());
            }
            strayed |= !home;
            Mono<SyncSignal> poll = Mono.defer(() -> {
                began = now();
                return session.check(candidate);
            });
            return call.poll(poll, connects, () -> polledAt(candidate))
                    .onErrorResume(LongPoll::isTheHostsFault, error -> {
                        settled &= !candidate.equals(host);
                        if (call.brokeOff() && again.isEmpty()) {
                            // Its connection may have gone and nothing else.
                            again = candidate;
                            return at(candidate);
                        }
                        dared |= risky;
                        return next(candidate, error);
                    })
                    .flatMap(signal -> {
                        if (signal.retcode() != 0 && !home) {
                            if (isOver(signal)) {
                                strangers.add(session, candidate, now());
                            }
                            return next(candidate, disbelieved(candidate, signal));
                        }
                        polledAt(candidate);
                        settled = true;
                        return Mono.just(signal);
                    });
        }

        /** Of a strange host. */
        private boolean isTooMuch(String candidate) {
            boolean serves = settled && candidate.equals(host);
            return !candidate.equals(again)
                    && !serves
                    && (crowded || strayed || strangers.has(session, candidate, now()));
        }

        private static boolean isOver(SyncSignal signal) {
            return signal.retcode() >= 1100 && signal.retcode() <= 1102;
        }

        private Mono<SyncSignal> next(String candidate, Throwable failure) {
            failures.put(candidate, failure);
            return Mono.empty();
        }

        private HostUnreachableException disbelieved(String candidate, SyncSignal signal) {
            return new HostUnreachableException(candidate + " answers with the code " + signal.retcode()
                    + ", which says nothing of the session: it is not of its family");
        }

        private void polledAt(String candidate) {
            String before = host;
            host = candidate;
            scope.announcer().pollHost(candidate);
            if (!before.isEmpty() && !before.equals(candidate)) {
                String reason = reason(before, candidate);
                scope.announcer().live(head -> new Lifecycle.HostSwitched(head, before, candidate, reason));
                FailoverEvent.tell(scope.id().value(), before, candidate, reason);
            }
        }

        private String reason(String before, String candidate) {
            Throwable failure = failures.get(before);
            if (failure != null) {
                return String.valueOf(failure.getMessage());
            }
            return candidates.indexOf(candidate) < candidates.indexOf(before)
                    ? candidate + " answers again"
                    : "the former did not answer";
        }

        AllHostsFailedException allFailed() {
            var all = new AllHostsFailedException("synccheck failed at all hosts, " + failures.size()
                    + " of " + candidates.size() + " looked at; the last: "
                    + failures.values().stream()
                            .reduce((first, second) -> second)
                            .map(Throwable::getMessage)
                            .orElse("none was tried"));
            failures.values().forEach(all::addSuppressed);
            return all;
        }
    }
}
