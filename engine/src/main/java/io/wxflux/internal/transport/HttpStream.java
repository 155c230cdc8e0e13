package io.wxflux.internal.transport;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/**
 * The beginning of an answer, and the rest as it comes in. Its cookies are in the jar already.
 *
 * @param status as sent
 * @param contentType as sent; empty when there is none
 * @param length of the body as announced; -1 when it was not
 * @param contentRange as sent; empty when there is none
 * @param contentDisposition as sent, its bytes read as UTF-8; empty when there is none
 * @param first a copy of the first bytes of the body, at most {@link #FIRST}; empty only when the body is
 * @param body the whole body, to be subscribed once. <b>Emits</b> buffers that belong to the subscriber. <b>Errors</b>
 *     {@link io.wxflux.error.HostUnreachableException}. <b>Backpressure</b> goes through to the socket. <b>Cancellation</b>
 *     closes the connection. <b>Threads</b> an event loop
 * @param discard for an answer whose body is not wanted: closes the connection
 */
public record HttpStream(
        int status,
        String contentType,
        long length,
        String contentRange,
        String contentDisposition,
        byte[] first,
        Flux<ByteBuffer> body,
        Runnable discard) {
    /** Enough to tell a picture from a page that says sorry, and to hold an error in JSON. */
    public static final int FIRST = 512;

    @Override
    public String toString() {
        return "HttpStream[" + status + "]";
    }
}
