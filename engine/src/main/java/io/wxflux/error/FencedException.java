package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** Another owner holds the shard now; nothing of this one is written any more. */
public final class FencedException extends WxfluxException {
    public FencedException(String message) {
        this(message, null);
    }

    public FencedException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
