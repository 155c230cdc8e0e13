package io.wxflux.error;

/** What an error asks for. Retry policies look at nothing else. */
public enum Remedy {
    /** The same again, after a wait. */
    RETRY,
    /** The same at the next host. */
    NEXT_HOST,
    /** Leave the operation (or the account) alone for a while. */
    COOL_DOWN,
    /** The session is over: resume, push login or QR. */
    RELOGIN,
    /** Nothing helps without a person. */
    STOP
}
