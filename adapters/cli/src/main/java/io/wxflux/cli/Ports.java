package io.wxflux.cli;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

/** Ports of this machine. */
final class Ports {
    private Ports() {}

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
