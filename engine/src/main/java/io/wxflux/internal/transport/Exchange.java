package io.wxflux.internal.transport;

import reactor.core.publisher.Mono;

/**
 * The one seam to the network: request to response, for one account. Owns the account's cookie jar and connections.
 * Tests and simulations put a scripted one here.
 */
public interface Exchange {
    /**
     * Sends the call when subscribed, each subscription anew. <b>Emits</b> one answer, whatever its status, with its whole
     * body. <b>Errors</b> {@link io.wxflux.error.HostUnreachableException} for everything that is not an answer: no
     * connection, TLS, reset, broken framing, deadline, a body over the limit or cut short. <b>Cancellation</b> closes the
     * connection. <b>Threads</b> an event loop; a passed deadline arrives on the timer's thread.
     */
    Mono<HttpAnswer> exchange(HttpCall call);

    CookieJar cookies();

    /** Closes the account's connections; later calls open new ones. */
    Mono<Void> close();
}
