package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A host did not give an answer: no connection, reset, deadline passed, 5xx, or an answer that is not the service's. */
public final class HostUnreachableException extends WxfluxException {
    public HostUnreachableException(String message) {
        this(message, null);
    }

    public HostUnreachableException(String message, @Nullable Throwable cause) {
        super(Remedy.NEXT_HOST, message, cause, false);
    }
}
