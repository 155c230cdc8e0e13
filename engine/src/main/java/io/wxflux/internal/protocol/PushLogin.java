package io.wxflux.internal.protocol;

import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.PushLoginBody;
import io.wxflux.model.Uin;
import io.wxflux.options.LoginMode;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PROTOCOL 5.4: ask a known account on its phone, without a QR code. */
public final class PushLogin {
    private PushLogin() {}

    /**
     * <b>Emits</b> the uuid to poll; empty when the service does not offer it. Tries the saved api host, then the login
     * host: some accounts are known on one of them only.
     */
    public static Mono<String> uuid(Service service, Uin uin, String apiHost, LoginMode mode) {
        return Flux.fromIterable(List.of(apiHost, Service.LOGIN_HOST))
                .concatMap(host -> ask(service, uin, host, mode), 0)
                .next();
    }

    private static Mono<String> ask(Service service, Uin uin, String host, LoginMode mode) {
        return Mono.defer(() -> {
                    var call = HttpCall.get("webwxpushloginurl", host, Service.CGI + "/webwxpushloginurl")
                            .query("uin", uin.value());
                    if (mode instanceof LoginMode.Desktop) {
                        call.query("mod", "desktop");
                    }
                    return service.ask(call.header("Referer", Service.referer(host))
                            .on(HttpCall.Lane.LOGIN, service.http().requestTimeout(), 64 * Service.KIB));
                })
                .map(answer -> PushLoginBody.parse(ReturnCodes.body("webwxpushloginurl", answer)))
                .filter(body -> body.ret().equals("0") && !body.uuid().isEmpty())
                .map(PushLoginBody::uuid)
                .onErrorComplete();
    }
}
