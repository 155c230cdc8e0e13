package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** The service refuses this one request for good (bad parameter, recipient refused). */
public final class RequestRefusedException extends WxfluxException {
    public RequestRefusedException(String message) {
        this(message, null);
    }

    public RequestRefusedException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
