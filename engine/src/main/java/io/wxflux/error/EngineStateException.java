package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A method was called at a time it cannot work: the message says when it can. */
public final class EngineStateException extends WxfluxException {
    public EngineStateException(String message) {
        this(message, null);
    }

    public EngineStateException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
