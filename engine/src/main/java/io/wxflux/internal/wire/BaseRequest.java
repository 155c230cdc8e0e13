package io.wxflux.internal.wire;

/**
 * Who asks: part of every request body.
 *
 * @param deviceId {@code e} and 15 digits; the browser makes a new one for every call
 */
public record BaseRequest(long uin, String sid, String skey, String deviceId) {
    @Override
    public String toString() {
        return "BaseRequest[uin " + uin + "]";
    }
}
