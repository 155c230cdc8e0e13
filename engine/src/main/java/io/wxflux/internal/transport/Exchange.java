package io.wxflux.internal.transport;

import java.time.Duration;
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

    /**
     * Sends the call when subscribed, each subscription anew, and hands over the answer as it comes in. <b>Emits</b> one
     * answer, whatever its status, once its head and the first bytes of its body are there. <b>Errors</b> as {@link
     * #exchange}, and those of the body come from the body: silence, the deadline, the limit, a body cut short.
     * <b>Cancellation</b> before the answer closes the connection; after it, that is for the body or {@link
     * HttpStream#discard()}. <b>Threads</b> as {@link #exchange}.
     *
     * @param call its deadline is for all of it, up to the last byte of the body; its limit is for the whole body
     * @param idle how long the server may be silent while it is waited for, and the answer be left unread
     */
    Mono<HttpStream> stream(HttpCall call, Duration idle);

    CookieJar cookies();

    /** Closes the account's connections; later calls open new ones. */
    Mono<Void> close();
}
