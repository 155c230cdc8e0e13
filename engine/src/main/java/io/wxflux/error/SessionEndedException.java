package io.wxflux.error;

/** The server ended the session: 1100, 1101 or 1102, which cannot be told apart reliably. The code is kept for metrics. */
public final class SessionEndedException extends WxfluxException {
    private final int code;

    public SessionEndedException(int code, String message) {
        super(Remedy.RELOGIN, message, null, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
