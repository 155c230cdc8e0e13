package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A stored file is damaged or of a newer version; the message names the file and what to do. Never a silent new login. */
public final class CorruptStoreException extends WxfluxException {
    public CorruptStoreException(String message) {
        this(message, null);
    }

    public CorruptStoreException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, true);
    }
}
