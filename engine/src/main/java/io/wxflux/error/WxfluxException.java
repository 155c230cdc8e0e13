package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of all errors of the engine. The message says what was attempted, what came back and what happens next; it never
 * holds a secret. Expected, frequent errors carry no stack trace.
 */
public abstract class WxfluxException extends RuntimeException {
    private final Remedy remedy;

    protected WxfluxException(Remedy remedy, String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, true, withStackTrace);
        this.remedy = remedy;
    }

    public final Remedy remedy() {
        return remedy;
    }
}
