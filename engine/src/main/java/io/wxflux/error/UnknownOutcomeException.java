package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** It is not known whether a commit became durable. Restore, never guess. */
public final class UnknownOutcomeException extends WxfluxException {
    public UnknownOutcomeException(String message) {
        this(message, null);
    }

    public UnknownOutcomeException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
