package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.BaseRequest;
import io.wxflux.model.UserName;

/**
 * What a step needs to ask something of the service as an account that is signed in.
 *
 * @param self our UserName in this session
 */
public record SignedIn(Service service, HostFamily hosts, Credentials credentials, UserName self) {
    /** Fresh for every request: it carries a device id of its own (PROTOCOL 3). */
    BaseRequest baseRequest() {
        return credentials.baseRequest(service.stamps());
    }

    /** A GET at the api host with the headers of a page there. */
    HttpCall.Builder get(String endpoint) {
        return HttpCall.get(endpoint, hosts.api(), Service.CGI + "/" + endpoint)
                .header("Referer", Service.referer(hosts.api()));
    }

    /** A POST of JSON at the api host with the headers of a page there. */
    HttpCall.Builder post(String endpoint, byte[] json) {
        return HttpCall.post(endpoint, hosts.api(), Service.CGI + "/" + endpoint, json)
                .header("Referer", Service.referer(hosts.api()))
                .header("Origin", Service.origin(hosts.api()));
    }

    /** A call that the user asked for, with the deadline of such calls. */
    HttpCall command(HttpCall.Builder call, int maxBody) {
        return call.on(HttpCall.Lane.COMMAND, service.http().requestTimeout(), maxBody);
    }
}
