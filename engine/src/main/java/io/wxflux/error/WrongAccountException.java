package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** Somebody else scanned the QR code: the login's uin is not the configured or pinned one. It was logged out; nothing was delivered. */
public final class WrongAccountException extends WxfluxException {
    public WrongAccountException(String message) {
        this(message, null);
    }

    public WrongAccountException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
