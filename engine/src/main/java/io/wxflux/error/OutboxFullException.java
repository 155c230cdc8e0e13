package io.wxflux.error;

/** The outbox of the account holds as much as it may. Nothing was put in; there is room when something has left it. */
public final class OutboxFullException extends WxfluxException {
    public OutboxFullException(String message) {
        super(Remedy.RETRY, message, null, false);
    }
}
