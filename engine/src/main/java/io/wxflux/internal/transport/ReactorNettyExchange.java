package io.wxflux.internal.transport;

import io.netty.handler.codec.http.HttpMethod;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The network of one account, over Reactor Netty.
 *
 * <p>Connections belong to the account alone: on a shared pool, one stray answer hands one account's messages to another.
 * The long poll has a connection to itself, so that no command ever waits behind it.
 *
 * <p>The deadline of a call covers everything from the subscription on: waiting for a connection, DNS, connecting, TLS, and
 * the answer to its last byte. It is one timer per call on the engine's scheduler; Reactor Netty's own response timeout
 * only bounds the gap between two reads.
 */
final class ReactorNettyExchange implements Exchange {
    /** Beyond the time between two polls, so that one connection serves them all. */
    private static final Duration POLL_IDLE = Duration.ofSeconds(60);

    private static final Duration COMMAND_IDLE = Duration.ofSeconds(10);
    private static final int COMMAND_CONNECTIONS = 2;
    private static final int WAITING = 16;

    private final Connections connections;
    private final Rfc6265CookieJar jar;
    private final ConnectionProvider polls;
    private final ConnectionProvider commands;
    private final HttpClient pollClient;
    private final HttpClient commandClient;

    ReactorNettyExchange(Connections connections, Rfc6265CookieJar jar) {
        this.connections = connections;
        this.jar = jar;
        polls = pool("wxflux-poll", 1, POLL_IDLE);
        commands = pool("wxflux-command", COMMAND_CONNECTIONS, COMMAND_IDLE);
        pollClient = connections.client(polls);
        commandClient = connections.client(commands);
    }

    /** Evicting runs on the engine's timer: no thread per account. */
    private ConnectionProvider pool(String name, int most, Duration idle) {
        return ConnectionProvider.builder(name)
                .maxConnections(most)
                .pendingAcquireMaxCount(WAITING)
                .pendingAcquireTimeout(connections.options().connectTimeout())
                .maxIdleTime(idle)
                .evictInBackground(idle, connections.timer())
                .build();
    }

    @Override
    public Mono<HttpAnswer> exchange(HttpCall call) {
        return Mono.defer(() -> {
            String problem = CallCheck.problem(call);
            if (problem != null) {
                return Mono.error(Failures.of(call, problem));
            }
            Flight flight = new Flight(call, jar, connections.options().userAgent());
            return send(flight)
                    .onErrorMap(flight::explain)
                    .doOnCancel(flight::abandon)
                    .timeout(call.deadline(), Mono.error(flight::late), connections.timer())
                    .doOnSuccess(answer -> flight.log(answer, null))
                    .doOnError(error -> flight.log(null, error))
                    .doOnCancel(() -> flight.log(null, null));
        });
    }

    /** Reactor Netty is told nothing but the host: {@link ExchangeHandler} puts the real request in its place. */
    private Mono<HttpAnswer> send(Flight flight) {
        return client(flight.call().lane())
                .request(HttpMethod.GET)
                .uri("https://" + flight.call().host() + "/")
                .send((request, outbound) -> {
                    request.responseTimeout(flight.call().deadline());
                    outbound.withConnection(connection -> ExchangeHandler.begin(connection.channel(), flight));
                    return outbound;
                })
                .responseSingle((head, body) -> body.then(flight.outcome()));
    }

    private HttpClient client(Lane lane) {
        return switch (lane) {
            case LOGIN -> connections.once();
            case POLL -> pollClient;
            case COMMAND -> commandClient;
        };
    }

    @Override
    public CookieJar cookies() {
        return jar;
    }

    @Override
    public Mono<Void> close() {
        return Mono.whenDelayError(polls.disposeLater(), commands.disposeLater());
    }
}
