package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** The service does not give what a message speaks of: nothing at all, or a page that says sorry. */
public final class MediaUnavailableException extends WxfluxException {
    public MediaUnavailableException(String message) {
        this(message, null);
    }

    public MediaUnavailableException(String message, @Nullable Throwable cause) {
        super(Remedy.RETRY, message, cause, false);
    }

    private MediaUnavailableException(Remedy remedy, String message) {
        super(remedy, message, null, false);
    }

    /** Of what the web never gets: asking again is of no use. */
    public static MediaUnavailableException never(String message) {
        return new MediaUnavailableException(Remedy.STOP, message);
    }
}
