package io.wxflux.error;

/** Return code 1205: too frequent. */
public final class ThrottledException extends WxfluxException {
    public ThrottledException(String message) {
        super(Remedy.COOL_DOWN, message, null, false);
    }
}
