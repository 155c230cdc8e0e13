package io.wxflux.internal.protocol;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.LoginScripts;
import io.wxflux.internal.wire.LoginScripts.LoginPoll;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** PROTOCOL 5.1 to 5.3: a login's uuid, its QR content, and what the phone does with it. */
public final class QrLogin {
    /** The web client's own application id. */
    private static final String APP_ID = "wx782c26e4c19acffb";

    /** The page the browser runs the login on. */
    private static final String PAGE_HOST = "wx.qq.com";

    private QrLogin() {}

    /** <b>Emits</b> the uuid of a new login. */
    public static Mono<String> uuid(Service service, LoginMode mode) {
        String redirect = Service.origin(PAGE_HOST) + Service.CGI + "/webwxnewloginpage"
                + (mode instanceof LoginMode.Desktop ? "?mod=desktop" : "");
        return Mono.defer(() -> service.ask(HttpCall.get("jslogin", Service.LOGIN_HOST, "/jslogin")
                        .query("appid", APP_ID)
                        .query("redirect_uri", redirect)
                        .query("fun", "new")
                        .query("lang", service.language())
                        .query("_", service.stamps().script())
                        .header("Referer", Service.referer(PAGE_HOST))
                        .on(HttpCall.Lane.LOGIN, Duration.ofSeconds(10), 64 * Service.KIB)))
                .map(answer -> LoginScripts.jsLogin(ReturnCodes.body("jslogin", answer)))
                .map(script -> {
                    if (script.code() != 200 || script.uuid().isEmpty()) {
                        throw new ProtocolViolationException(
                                "jslogin was answered with the code " + script.code() + " and no uuid");
                    }
                    return script.uuid();
                });
    }

    /** What the QR code says. Whoever shows it to a phone signs in: it is a secret while it is valid. */
    public static Secret loginUrl(String uuid) {
        return Secret.of("https://login.weixin.qq.com/l/" + uuid);
    }

    /** One long poll. @param first whether it is the uuid's first (the browser says tip=1 then, and 0 after) */
    public static Mono<LoginPoll> poll(Service service, String uuid, boolean first) {
        return Mono.defer(() -> service.ask(HttpCall.get("login poll", Service.LOGIN_HOST, Service.CGI + "/login")
                        .query("loginicon", "true")
                        .query("uuid", uuid)
                        .query("tip", first ? "1" : "0")
                        .query("r", service.stamps().notNow())
                        .query("_", service.stamps().script())
                        .header("Referer", Service.referer(PAGE_HOST))
                        .on(HttpCall.Lane.POLL, service.http().pollTimeout(), 64 * Service.KIB)))
                .map(answer -> LoginScripts.poll(ReturnCodes.body("login poll", answer)));
    }
}
