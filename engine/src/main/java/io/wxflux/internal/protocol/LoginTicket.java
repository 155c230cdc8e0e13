package io.wxflux.internal.protocol;

import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.HtmlLoginPage;
import io.wxflux.internal.wire.LoginPage;
import io.wxflux.model.Uin;
import io.wxflux.options.LoginMode;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** PROTOCOL 5.5 and 5.6: the confirmed login's redirect_uri becomes credentials and cookies. */
public final class LoginTicket {
    private static final int MOST_HOPS = 3;

    private LoginTicket() {}

    /** What a login gave: credentials, and the host that decides all others. */
    public record Ticket(Credentials credentials, RedirectUri redirect) {}

    /** <b>Errors</b> {@link LoginRefusedException} when the service refuses the account: never retried. */
    public static Mono<Ticket> fetch(Service service, RedirectUri redirect, LoginMode mode) {
        return Mono.defer(() -> hop(service, redirect, mode, BrowserVisit.sid(service), 1));
    }

    /** @param formerSid the session cookie there was before this login */
    private static Mono<Ticket> hop(Service service, RedirectUri redirect, LoginMode mode, String formerSid, int hop) {
        return answer(service, redirect, mode).flatMap(answer -> {
            if (isHtml(answer)) {
                return new BrowserVisit(service, call -> headers(call, redirect, mode), formerSid)
                        .visit(redirect)
                        .map(found -> byBrowser(found, redirect));
            }
            LoginPage page = pageOf(answer);
            if (page.ret() == 0 && !page.redirectUrl().isEmpty() && page.skey().isEmpty()) {
                return hop >= MOST_HOPS
                        ? Mono.error(new ProtocolViolationException(
                                "webwxnewloginpage redirected " + hop + " times without giving a ticket"))
                        : hop(service, RedirectUri.parse(page.redirectUrl()), mode, formerSid, hop + 1);
            }
            return Mono.just(new Ticket(credentials(page), redirect));
        });
    }

    private static Mono<HttpAnswer> answer(Service service, RedirectUri redirect, LoginMode mode) {
        return Mono.defer(() -> {
            var call = HttpCall.get("webwxnewloginpage", redirect.host(), RedirectUri.PATH);
            redirect.query().forEach(field -> call.query(field.name(), field.value()));
            call.query("fun", "new").query("version", "v2");
            if (mode instanceof LoginMode.Desktop) {
                call.query("mod", "desktop");
            }
            return service.ask(
                    headers(call, redirect, mode).on(HttpCall.Lane.LOGIN, Duration.ofSeconds(10), 256 * Service.KIB));
        });
    }

    private static HttpCall.Builder headers(HttpCall.Builder call, RedirectUri redirect, LoginMode mode) {
        return mode instanceof LoginMode.Desktop desktop
                ? call.header("client-version", desktop.clientVersion())
                        .header("extspam", desktop.extspam().reveal())
                        .header("Referer", "https://wx.qq.com/?&lang=zh_CN&target=t")
                : call.header("Referer", Service.referer(redirect.host()));
    }

    private static boolean isHtml(HttpAnswer answer) {
        return answer.status() >= 200 && answer.status() < 300 && HtmlLoginPage.isHtml(answer.body());
    }

    /** Some hosts answer 301 without a Location and put the ticket into the body all the same. */
    private static LoginPage pageOf(HttpAnswer answer) {
        boolean bareRedirect = answer.status() == 301 && answer.location() == null;
        return LoginPage.parse(bareRedirect ? answer.body() : ReturnCodes.body("webwxnewloginpage", answer));
    }

    /** Without skey and pass_ticket, perhaps: whether the session is one, webwxinit says, which gives a new skey. */
    private static Ticket byBrowser(BrowserVisit.Found found, RedirectUri redirect) {
        LoginPage page = found.page();
        requireAccepted(page);
        if (page.wxsid().isEmpty() || page.wxuin() <= 0) {
            throw new ProtocolViolationException("webwxnewloginpage was answered with HTML and then with no session");
        }
        return new Ticket(
                new Credentials(new Uin(page.wxuin()), page.wxsid(), page.skey(), page.passTicket()),
                new RedirectUri(found.host(), redirect.query()));
    }

    private static void requireAccepted(LoginPage page) {
        if (page.ret() == 1203) {
            throw new LoginRefusedException("the login was answered with 1203: " + ReturnCodes.REFUSED);
        }
        if (page.ret() != 0) {
            throw new LoginRefusedException(
                    "the login was refused with the code " + page.ret() + ": " + shortened(page.message()));
        }
    }

    private static Credentials credentials(LoginPage page) {
        requireAccepted(page);
        if (page.skey().isEmpty() || page.wxsid().isEmpty() || page.passTicket().isEmpty() || page.wxuin() <= 0) {
            throw new LoginRefusedException("the login was answered without a ticket, which the service does to"
                    + " accounts it has barred from web WeChat. Use `mode: desktop` for it, or take it out");
        }
        return new Credentials(new Uin(page.wxuin()), page.wxsid(), page.skey(), page.passTicket());
    }

    private static String shortened(String message) {
        String printable = message.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= 200 ? printable : printable.substring(0, 200) + "...";
    }
}
