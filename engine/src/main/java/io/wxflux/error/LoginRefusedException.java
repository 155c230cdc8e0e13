package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** The service refuses this account the web login (1203 and its variants). Trying again would loop for ever. */
public final class LoginRefusedException extends WxfluxException {
    public LoginRefusedException(String message) {
        this(message, null);
    }

    public LoginRefusedException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
