package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** An answer that cannot be understood, or a code nobody knows. Tried again with growing waits. */
public final class ProtocolViolationException extends WxfluxException {
    public ProtocolViolationException(String message) {
        this(message, null);
    }

    public ProtocolViolationException(String message, @Nullable Throwable cause) {
        super(Remedy.RETRY, message, cause, false);
    }
}
