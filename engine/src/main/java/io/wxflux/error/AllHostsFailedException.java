package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** Every candidate host failed; each failure is attached as suppressed. */
public final class AllHostsFailedException extends WxfluxException {
    public AllHostsFailedException(String message) {
        this(message, null);
    }

    public AllHostsFailedException(String message, @Nullable Throwable cause) {
        super(Remedy.RETRY, message, cause, false);
    }
}
