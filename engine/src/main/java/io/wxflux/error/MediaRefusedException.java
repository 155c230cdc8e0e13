package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/**
 * Something cannot be sent as it is: too large, empty, of the wrong kind, not readable, or changed while it was sent. The
 * message says what to do; trying the same again is of no use.
 */
public final class MediaRefusedException extends WxfluxException {
    public MediaRefusedException(String message) {
        this(message, null);
    }

    public MediaRefusedException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
