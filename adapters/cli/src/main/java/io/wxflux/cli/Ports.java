package io.wxflux.cli;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Ports of this machine. */
final class Ports {
    private Ports() {}

    /** Whether an error means that somebody else listens there. */
    static boolean isTaken(Throwable error) {
        @Nullable Throwable cause = error;
        while (cause != null) {
            if (cause instanceof BindException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
