package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** No QR code of this login was scanned; the account waits for its owner to start it again. */
public final class QrNotScannedException extends WxfluxException {
    public QrNotScannedException(String message) {
        this(message, null);
    }

    public QrNotScannedException(String message, @Nullable Throwable cause) {
        super(Remedy.STOP, message, cause, false);
    }
}
