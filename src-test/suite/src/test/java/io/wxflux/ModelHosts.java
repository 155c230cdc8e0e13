package io.wxflux;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.Departure;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The hosts of the {@link ModelServer}: each may be ill in its own way, and a push host of another family does not know a
 * session. Connections are counted as a pool makes them: one for each account, host and use, gone when the host dies or
 * after it was idle.
 */
final class ModelHosts {
    /** How long an idle connection is kept by its pool: that of the poll, and all others. */
    private static final Duration POLL_IDLE = Duration.ofSeconds(60);

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** What is wrong with a host. */
    enum Illness {
        /** Nothing listens there. */
        REFUSES,
        /** Packets vanish: no connection comes about in time. */
        SWALLOWS,
        /** Takes requests and answers none. */
        HANGS,
        /** Closes the connection as soon as a request comes. */
        RESETS,
        BAD_GATEWAY,
        /** A captive portal, or a page about maintenance. */
        PAGE
    }

    /**
     * One request as a host saw it, or would have seen it.
     *
     * @param connects whether it needed a new connection
     */
    record Knock(String account, String host, long millis, String operation, boolean connects, boolean refused) {}

    private record Way(String account, String host, Lane lane) {}

    private final ModelServer server;
    private final Map<String, Illness> ill = new HashMap<>();
    private final Map<String, Sinks.Empty<Void>> deaths = new HashMap<>();
    private final Map<Way, Long> open = new HashMap<>();
    private final Map<String, String> homes = new HashMap<>();
    private final List<Knock> knocks = new ArrayList<>();
    private final Map<String, String> polling = new HashMap<>();

    ModelHosts(ModelServer server) {
        this.server = server;
    }

    /** From now on; requests it is holding break, and its connections with them. */
    void falls(Illness how, String... hosts) {
        for (String host : hosts) {
            ill.put(host, how);
            open.keySet().removeIf(way -> way.host().equals(host));
            Sinks.Empty<Void> death = deaths.remove(host);
            if (death != null) {
                death.tryEmitEmpty();
            }
        }
    }

    void recovers(String... hosts) {
        List.of(hosts).forEach(ill::remove);
    }

    void forgetKnocks() {
        knocks.clear();
    }

    /** At which host the account's poll is held now; empty when it has none. */
    String pollOf(String account) {
        return polling.getOrDefault(account, "");
    }

    List<Knock> knocks(Predicate<Knock> which) {
        return knocks.stream().filter(which).toList();
    }

    List<Knock> knocksAt(String host) {
        return knocks(knock -> knock.host().equals(host));
    }

    /** The most in any second, by a window that slides with each of them. */
    int mostPerSecond(Predicate<Knock> which) {
        List<Long> times = knocks(which).stream().map(Knock::millis).toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= 1_000) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** By account, how many there were in a minute that began so long after the first. */
    Map<String, Long> inMinute(long from, int minute) {
        return knocks.stream()
                .filter(knock -> (knock.millis() - from) / 60_000 == minute)
                .collect(Collectors.groupingBy(Knock::account, TreeMap::new, Collectors.counting()));
    }

    Mono<HttpAnswer> at(String account, HttpCall call, Mono<HttpAnswer> answer) {
        return Mono.deferContextual(context -> {
            boolean poll = call.operation().equals("synccheck");
            Illness illness = ill.get(call.host());
            knock(account, call, illness);
            if (illness != Illness.REFUSES && illness != Illness.SWALLOWS) {
                Departure.watcher(context).run();
            }
            if (illness != null) {
                return suffer(call, illness);
            }
            if (call.operation().equals("webwxnewloginpage") || call.operation().equals("webwxinit")) {
                homes.put(account, call.host());
            }
            if (poll && isForeign(account, call.host())) {
                return Mono.just(WireText.ok(WireText.check(1100, 0)));
            }
            if (poll) {
                polling.put(account, call.host());
            }
            Mono<HttpAnswer> broken = death(call.host())
                    .asMono()
                    .then(Mono.error(() -> new HostUnreachableException(
                            call.operation() + " at " + call.host() + ": the model says: the connection broke")));
            Runnable leave = () -> {
                if (poll) {
                    polling.remove(account);
                }
            };
            return Mono.firstWithSignal(answer, broken).doOnCancel(leave).doOnTerminate(leave);
        });
    }

    private void knock(String account, HttpCall call, @Nullable Illness illness) {
        var way = new Way(account, call.host(), call.lane());
        long idle = (call.lane() == Lane.POLL ? POLL_IDLE.plus(ModelServer.HOLD) : IDLE).toMillis();
        boolean unconnectable = illness == Illness.REFUSES || illness == Illness.SWALLOWS;
        Long last = open.get(way);
        boolean connects = last == null || server.now() - last > idle || call.lane() == Lane.LOGIN;
        knocks.add(new Knock(account, call.host(), server.now(), call.operation(), connects, unconnectable));
        if (unconnectable || illness != null) {
            open.remove(way);
        } else {
            open.put(way, server.now());
        }
    }

    private Mono<HttpAnswer> suffer(HttpCall call, Illness illness) {
        String where = call.operation() + " at " + call.host() + ": the model says: ";
        return switch (illness) {
            case REFUSES -> Mono.error(() -> HostUnreachableException.neverSent(where + "the connection was refused"));
            case SWALLOWS ->
                Mono.delay(CONNECT, server.time)
                        .then(Mono.error(() -> HostUnreachableException.neverSent(where + "no connection in time")));
            case HANGS ->
                Mono.delay(call.deadline(), server.time)
                        .then(Mono.error(() -> new HostUnreachableException(where + "no answer in time")));
            case RESETS -> Mono.error(() -> new HostUnreachableException(where + "the connection broke"));
            case BAD_GATEWAY -> Mono.just(WireText.status(502, "<html>bad gateway</html>"));
            case PAGE -> Mono.just(WireText.ok("<html>please sign in to this network</html>"));
        };
    }

    private boolean isForeign(String account, String host) {
        String home = homes.get(account);
        return home != null
                && !host.equals(home)
                && !host.equals("webpush." + home.replaceFirst("^wechat", "web.wechat"));
    }

    private Sinks.Empty<Void> death(String host) {
        return deaths.computeIfAbsent(host, name -> Sinks.empty());
    }
}
