package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** The store cannot take the commit now. The same group may be tried again. */
public final class StoreUnavailableException extends WxfluxException {
    public StoreUnavailableException(String message) {
        this(message, null);
    }

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(Remedy.RETRY, message, cause, false);
    }
}
