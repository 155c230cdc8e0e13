package io.wxflux.internal.transport;

import io.netty.handler.codec.http.HttpMethod;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.ResponseReceiver;
import reactor.netty.resources.ConnectionProvider;

/**
 * The network of one account, over Reactor Netty.
 *
 * <p>Connections belong to the account alone: on a shared pool, one stray answer hands one account's messages to another.
 * The long poll and webwxsync have a connection each to themselves, so that messages never wait behind a command or a
 * transfer.
 *
 * <p>The deadline of a call covers everything from the subscription on: waiting for a connection, DNS, connecting, TLS, and
 * the answer to its last byte. It is one timer per call on the engine's scheduler; Reactor Netty's own response timeout
 * only bounds the gap between two reads.
 */
final class ReactorNettyExchange implements Exchange {
    /** Beyond the time between two polls, so that one connection serves them all. */
    private static final Duration POLL_IDLE = Duration.ofSeconds(60);

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int WAITING = 16;

    /** Transfers wait for each other for as long as their own deadlines allow. */
    private static final Duration TRANSFER_PATIENCE = Duration.ofHours(1);

    private static final int TRANSFERS_WAITING = 256;

    private final Connections connections;
    private final Rfc6265CookieJar jar;
    private final Map<Lane, Pool> pools = new ConcurrentHashMap<>();

    private record Pool(ConnectionProvider provider, HttpClient client) {}

    ReactorNettyExchange(Connections connections, Rfc6265CookieJar jar) {
        this.connections = connections;
        this.jar = jar;
    }

    /** Made when first needed: most accounts never transfer anything. */
    private Pool pool(Lane lane) {
        return Objects.requireNonNull(pools.computeIfAbsent(lane, this::open));
    }

    private Pool open(Lane lane) {
        Duration patience = connections.options().connectTimeout();
        ConnectionProvider provider = switch (lane) {
            case LOGIN, PUBLIC -> throw new IllegalArgumentException("what is closed after use has no pool");
            case POLL -> provider("wxflux-poll", 1, POLL_IDLE, WAITING, patience);
            case CYCLE -> provider("wxflux-cycle", 1, IDLE, WAITING, patience);
            case COMMAND -> provider("wxflux-command", 2, IDLE, WAITING, patience);
            case UPLOAD -> provider("wxflux-upload", 1, IDLE, TRANSFERS_WAITING, TRANSFER_PATIENCE);
            case MEDIA -> provider("wxflux-media", 3, IDLE, TRANSFERS_WAITING, TRANSFER_PATIENCE);
        };
        return new Pool(provider, connections.client(provider));
    }

    /** Evicting runs on the engine's timer: no thread per account. */
    private ConnectionProvider provider(String name, int most, Duration idle, int waiting, Duration patience) {
        return ConnectionProvider.builder(name)
                .maxConnections(most)
                .pendingAcquireMaxCount(waiting)
                .pendingAcquireTimeout(patience)
                .maxIdleTime(idle)
                .evictInBackground(idle, connections.timer())
                .build();
    }

    @Override
    public Mono<HttpAnswer> exchange(HttpCall call) {
        return Mono.deferContextual(context -> {
            Flight flight = new Flight(call, jar, connections.options().userAgent(), null, Departure.watcher(context));
            return checked(call)
                    .then(send(flight)
                            .responseSingle((head, body) -> body.then(flight.outcome()))
                            .onErrorMap(flight::explain)
                            .doOnCancel(flight::abandon)
                            .timeout(call.deadline(), Mono.error(flight::late), connections.timer()))
                    .doOnSuccess(answer -> flight.log(answer.status(), answer.body().length, null))
                    .doOnError(error -> flight.log(0, 0, error))
                    .doOnCancel(() -> flight.log(0, 0, Flight.CANCELLED));
        });
    }

    @Override
    public Mono<HttpStream> stream(HttpCall call, Duration idle) {
        return Mono.deferContextual(context -> {
            StreamWatch watch = new StreamWatch(connections.timer(), idle, call.deadline());
            Flight flight = new Flight(call, jar, connections.options().userAgent(), watch, Departure.watcher(context));
            return checked(call)
                    .then(send(flight)
                            .responseConnection((head, connection) -> flight.opened(connection))
                            .next()
                            .onErrorMap(flight::explain)
                            .doOnCancel(flight::abandon)
                            .timeout(call.deadline(), Mono.error(flight::late), connections.timer()))
                    .doOnError(error -> flight.log(0, 0, error))
                    .doOnCancel(() -> flight.log(0, 0, Flight.CANCELLED));
        });
    }

    private Mono<Void> checked(HttpCall call) {
        String problem = CallCheck.problem(call, connections.options().pushHosts());
        return problem == null ? Mono.empty() : Mono.error(Failures.neverSent(call, problem));
    }

    /** Reactor Netty is told nothing but the host: {@link ExchangeHandler} puts the real request in its place. */
    private ResponseReceiver<?> send(Flight flight) {
        return client(flight.call().lane())
                .request(HttpMethod.GET)
                .uri("https://" + flight.call().host() + "/")
                .send((request, outbound) -> {
                    request.responseTimeout(flight.call().deadline());
                    outbound.withConnection(connection -> ExchangeHandler.begin(connection.channel(), flight));
                    return outbound;
                });
    }

    private HttpClient client(Lane lane) {
        return lane.isOnce() ? connections.once() : pool(lane).client();
    }

    @Override
    public CookieJar cookies() {
        return jar;
    }

    @Override
    public Mono<Void> close() {
        return Flux.fromIterable(pools.values())
                .flatMapDelayError(pool -> pool.provider().disposeLater(), Lane.values().length, 1)
                .then();
    }
}
