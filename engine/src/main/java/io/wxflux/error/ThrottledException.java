package io.wxflux.error;

import java.time.Duration;

/** Return code 1205: too frequent. Nothing was done. */
public final class ThrottledException extends WxfluxException {
    private final Duration retryAfter;

    public ThrottledException(String message) {
        this(message, Duration.ZERO);
    }

    public ThrottledException(String message, Duration retryAfter) {
        super(Remedy.COOL_DOWN, message, null, false);
        this.retryAfter = retryAfter;
    }

    /** How long the operation rests from now on; zero where nobody has decided that yet. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
