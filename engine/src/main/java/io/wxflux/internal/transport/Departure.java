package io.wxflux.internal.transport;

import java.util.Objects;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Word from an {@link Exchange} to whoever watches a call that the request has left: the host took the connection, and
 * TLS is done. It travels in the subscriber's context, past the protocol, which has no use for it.
 */
public final class Departure {
    private static final Runnable NOBODY = () -> {};

    private Departure() {}

    /** With somebody who is told. */
    static Context watchedBy(Context context, Runnable watcher) {
        return context.put(Departure.class, watcher);
    }

    /** Whom to tell, on whatever thread; does nothing when nobody watches. */
    public static Runnable watcher(ContextView context) {
        return Objects.requireNonNullElse(context.<Runnable>getOrDefault(Departure.class, null), NOBODY);
    }
}
