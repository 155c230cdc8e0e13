package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A send whose answer was lost: the message may or may not have arrived. It is not repeated under another ClientMsgId. */
public final class OutcomeUnknownException extends WxfluxException {
    public OutcomeUnknownException(String message) {
        this(message, null);
    }

    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
