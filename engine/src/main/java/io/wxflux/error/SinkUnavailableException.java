package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A sink cannot take events now (no connection, full disk). Retried for ever; any other error of a sink is a rejection of the event. */
public final class SinkUnavailableException extends WxfluxException {
    public SinkUnavailableException(String message) {
        this(message, null);
    }

    public SinkUnavailableException(String message, @Nullable Throwable cause) {
        super(Remedy.RETRY, message, cause, false);
    }
}
