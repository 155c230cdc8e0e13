package io.wxflux.cli;

import java.net.BindException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

/** Ports of this machine. */
final class Ports {
    private Ports() {}

    /** The port of which an error says that somebody else listens there, when it says which. */
    static OptionalInt taken(Throwable error) {
        @Nullable Throwable cause = error;
        while (cause != null) {
            if (cause instanceof ChannelBindException bind) {
                return OptionalInt.of(bind.localPort());
            }
            cause = cause.getCause();
        }
        return OptionalInt.empty();
    }

    /** Whether an error means that somebody else listens there. */
    static boolean isTaken(Throwable error) {
        @Nullable Throwable cause = error;
        while (cause != null) {
            // The second is what Netty's native transports throw: the system's own error, not Java's.
            if (cause instanceof BindException || cause instanceof ChannelBindException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
