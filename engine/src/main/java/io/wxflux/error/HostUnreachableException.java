package io.wxflux.error;

import org.jspecify.annotations.Nullable;

/** A host did not give an answer: no connection, reset, deadline passed, 5xx, or an answer that is not the service's. */
public final class HostUnreachableException extends WxfluxException {
    private final boolean neverSent;
    private final boolean answered;

    public HostUnreachableException(String message) {
        this(message, null);
    }

    public HostUnreachableException(String message, @Nullable Throwable cause) {
        this(message, cause, false, false);
    }

    private HostUnreachableException(String message, @Nullable Throwable cause, boolean neverSent, boolean answered) {
        super(Remedy.NEXT_HOST, message, cause, false);
        this.neverSent = neverSent;
        this.answered = answered;
    }

    /** Of a request of which not one byte has left. */
    public static HostUnreachableException neverSent(String message) {
        return new HostUnreachableException(message, null, true, false);
    }

    /** Of a request that was answered, by a status which says that the host cannot do its work (5xx). */
    public static HostUnreachableException answered(String message) {
        return new HostUnreachableException(message, null, false, true);
    }

    /**
     * Whether it is certain that the request never left, because there was no connection for it. Otherwise the service may
     * have carried it out.
     */
    public boolean neverSent() {
        return neverSent;
    }

    /** Whether an answer came, so that it was the host that failed and not the way to it. */
    public boolean answered() {
        return answered;
    }
}
