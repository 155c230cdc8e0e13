package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** From the QR code to the session's tokens. */
final class LoginEndpoints {

    private static final String DEEP_LINK = "https://" + HostFamily.QR_HOST + "/l/";

    private final Service service;
    private final Scheduler painter;

    LoginEndpoints(Service service, Scheduler painter) {
        this.service = service;
        this.painter = painter;
    }

    Mono<Reply> jslogin(SimRequest request) {
        onLoginHost(request);
        if (!request.query("appid").equals("wx782c26e4c19acffb")) {
            violation("jslogin: the appid is not the one of web logins");
            return Mono.just(Reply.script("window.QRLogin.code = 400; window.QRLogin.uuid = \"\";"));
        }
        String uin = request.cookie("wxuin");
        PendingLogin login = service.logins().qr(uin.isEmpty() ? request.cookie("last_wxuin") : uin);
        return Mono.just(Reply.script("window.QRLogin.code = 200; window.QRLogin.uuid = \"" + login.uuid() + "\";"));
    }

    Mono<Reply> qrcode(SimRequest request) {
        PendingLogin login = service.logins().find(request.call());
        if (login == null) {
            return Mono.just(Reply.html(404, "no such code"));
        }
        return Mono.fromCallable(() -> Reply.of(200, "image/jpeg", QrImages.qr(DEEP_LINK + login.uuid())))
                .subscribeOn(painter);
    }

    /** What a phone opens; by hand, the first visit scans and the second confirms. */
    Mono<Reply> deepLink(SimRequest request) {
        PendingLogin login = service.logins().find(request.call());
        if (login == null) {
            return Mono.just(Reply.html(404, "no such code"));
        }
        String wanted = request.query("account");
        if (login.state() == PendingLogin.State.SCANNED) {
            login.confirm();
        } else if (login.state() == PendingLogin.State.WAITING) {
            SimAccount account = wanted.isEmpty() ? service.logins().chooseFor("", login) : service.account(wanted);
            if (account != null) {
                login.scan(account);
            }
        }
        SimAccount by = login.account();
        return Mono.just(Reply.html(
                200,
                login.state() + (by == null ? ": no account is free" : " by " + by.name())
                        + (login.state() == PendingLogin.State.SCANNED ? "; open again to confirm" : "") + "\n"));
    }

    Mono<Reply> login(SimRequest request) {
        onLoginHost(request);
        String tip = request.query("tip");
        if (!(tip.equals("0") || tip.equals("1"))
                || request.query("r").isEmpty()
                || request.query("_").isEmpty()) {
            violation("login: tip, r or _ is missing or wrong");
        }
        PendingLogin login = service.logins().find(request.query("uuid"));
        return login == null
                ? Mono.just(Reply.script("window.code=400;"))
                : Mono.create(sink -> login.poll(tip.equals("0"), sink));
    }

    Mono<Reply> pushLogin(SimRequest request) {
        String uin = request.query("uin");
        SimAccount account = service.accountOf(uin);
        if (service.settings().adoptStrangers() && (account == null || account.logins() == 0)) {
            SimAccount adopted = account != null ? account : service.adopt(uin, request.host());
            return Mono.just(
                    adopted == null
                            ? push("1", "device authinfo invalid", "")
                            : push("0", "all ok", service.logins().push(adopted).uuid()));
        }
        Session session = account == null ? null : account.session();
        if (account == null || session == null) {
            return Mono.just(push("1", "device authinfo invalid", ""));
        }
        if (!session.family().api().equals(request.host()) && !HostFamily.isLoginHost(request.host())) {
            account.violation(Violation.Kind.WRONG_HOST, "webwxpushloginurl came to " + request.host());
        }
        boolean known = session.uvid().equals(request.cookie("webwxuvid"))
                && session.authTicket().equals(request.cookie("webwx_auth_ticket"));
        if (!known || account.pushLogin() == PushLogin.REFUSE) {
            return Mono.just(push("1", "device authinfo invalid", ""));
        }
        return Mono.just(push("0", "all ok", service.logins().push(account).uuid()));
    }

    private static Reply push(String ret, String msg, String uuid) {
        return Reply.json(Json.object("ret", ret, "msg", msg, "uuid", uuid));
    }

    Mono<Reply> newLoginPage(SimRequest request) {
        PendingLogin login = service.logins().find(request.query("uuid"));
        SimAccount account = login == null ? null : login.account();
        if (login == null
                || account == null
                || login.state() != PendingLogin.State.CONFIRMED
                || !login.ticket().equals(request.query("ticket"))) {
            return Mono.just(error(1, "ticket error", null));
        }
        if (!account.spec().home().equals(request.host())) {
            account.violation(Violation.Kind.WRONG_HOST, "webwxnewloginpage came to " + request.host());
            return Mono.just(error(1, "ticket error", null));
        }
        boolean desktop = !request.header("extspam").isEmpty()
                && !request.header("client-version").isEmpty();
        int refusal = account.loginRefusal(desktop);
        if (refusal != 0) {
            return Mono.just(error(
                    refusal, refusal == 1203 ? "为了你的帐号安全，此微信号不能登录网页微信。你可以使用Windows微信或Mac微信在电脑端登录。" : "登录失败", null));
        }
        Session session = account.sessions().open();
        service.logins().done(login);
        Reply page = error(0, "", session)
                .withCookies(SetCookies.onLogin(
                        session,
                        service.seconds(),
                        service.settings().cookieLife().toSeconds()));
        boolean moved = service.settings().movedWithoutLocation()
                || !request.query("version").equals("v2");
        return Mono.just(moved ? page.withStatus(301) : page);
    }

    private static Reply error(int ret, String message, @Nullable Session session) {
        String xml = "<error><ret>" + ret + "</ret><message>" + message + "</message>"
                + (session == null
                        ? ""
                        : "<skey>" + session.skey() + "</skey><wxsid>" + session.sid() + "</wxsid><wxuin>"
                                + session.account().uin() + "</wxuin><pass_ticket>" + session.passTicket()
                                + "</pass_ticket><isgrayscale>1</isgrayscale>")
                + "</error>";
        return Reply.of(200, "text/plain", xml.getBytes(StandardCharsets.UTF_8));
    }

    private void onLoginHost(SimRequest request) {
        if (!HostFamily.isLoginHost(request.host())) {
            service.violations().count(Violation.Kind.WRONG_HOST, "", request.call() + " came to " + request.host());
        }
    }

    private void violation(String example) {
        service.violations().count(Violation.Kind.BAD_QUERY, "", example);
    }
}
