package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.BaseRequest;
import io.wxflux.model.Uin;

/**
 * What a session shows the server beside its cookies. Prints nothing.
 *
 * @param passTicket percent-encoded, as it came
 */
public record Credentials(Uin uin, String sid, String skey, String passTicket) {
    public Credentials withSkey(String next) {
        return next.isEmpty() || next.equals(skey) ? this : new Credentials(uin, sid, next, passTicket);
    }

    BaseRequest baseRequest(Stamps stamps) {
        return new BaseRequest(uin.value(), sid, skey, stamps.deviceId());
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
