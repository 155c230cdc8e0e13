package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HostFamily;
import io.wxflux.internal.transport.HttpCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** PROTOCOL 12.3. */
public final class Logout {
    private Logout() {}

    /** Completes when the server answered; its answer is a redirect to the login page, which nobody follows. */
    public static Mono<Void> logout(Service service, HostFamily hosts, Credentials credentials) {
        return Mono.defer(() ->
                        service.ask(HttpCall.post("webwxlogout", hosts.api(), Service.CGI + "/webwxlogout", new byte[0])
                                .form("sid=" + URLEncoder.encode(credentials.sid(), StandardCharsets.UTF_8) + "&uin="
                                        + credentials.uin().value())
                                .query("redirect", "1")
                                .query("type", "0")
                                .query("skey", credentials.skey())
                                .header("Referer", Service.referer(hosts.api()))
                                .header("Origin", Service.origin(hosts.api()))
                                .on(HttpCall.Lane.LOGIN, service.http().requestTimeout(), Service.MIB)))
                .then();
    }
}
