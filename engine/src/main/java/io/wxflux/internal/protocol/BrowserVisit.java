package io.wxflux.internal.protocol;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.PageAddress;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.HtmlLoginPage;
import io.wxflux.internal.wire.LoginPage;
import java.time.Duration;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * PROTOCOL 5.5: what a browser does when it is given HTML instead of the login page. It opens the address itself, goes
 * where it is sent, and has the session in its cookies. The only place where redirects are followed.
 */
final class BrowserVisit {
    private static final int MOST_PAGES = 4;

    private final Service service;
    private final UnaryOperator<HttpCall.Builder> headers;
    private final String formerSid;

    /**
     * @param headers adds those of the login mode
     * @param formerSid the session cookie from before this login: a cookie that nobody set anew is of an older session
     */
    BrowserVisit(Service service, UnaryOperator<HttpCall.Builder> headers, String formerSid) {
        this.service = service;
        this.headers = headers;
        this.formerSid = formerSid;
    }

    /** The session cookie; empty when there is none. */
    static String sid(Service service) {
        return cookie(service, "wxsid");
    }

    /**
     * What the visit brought.
     *
     * @param host the one that gave the session
     */
    record Found(LoginPage page, String host) {}

    /** <b>Errors</b> {@link ProtocolViolationException} when there is no session at the end of the way. */
    Mono<Found> visit(RedirectUri redirect) {
        return Mono.defer(() -> open(PageAddress.of(redirect), redirect.host(), 1));
    }

    private Mono<Found> open(PageAddress address, String home, int number) {
        String before = sid(service);
        return ask(address).flatMap(answer -> {
            String giver = sid(service).equals(before) ? home : address.host();
            String location = answer.location();
            if (!isRedirect(answer) || location == null) {
                return Mono.just(new Found(read(answer), giver));
            }
            return number >= MOST_PAGES
                    ? Mono.error(new ProtocolViolationException("webwxnewloginpage was answered with HTML, and its page"
                            + " redirected " + number + " times; it is tried again"))
                    : open(address.follow(location), giver, number + 1);
        });
    }

    private Mono<HttpAnswer> ask(PageAddress address) {
        return Mono.defer(() -> {
            var call = HttpCall.get("webwxnewloginpage", address.host(), address.path());
            address.query().forEach(field -> call.query(field.name(), field.value()));
            return service.ask(headers.apply(call).on(HttpCall.Lane.LOGIN, Duration.ofSeconds(10), 512 * Service.KIB));
        });
    }

    private LoginPage read(HttpAnswer answer) {
        byte[] body = ReturnCodes.body("webwxnewloginpage", answer);
        if (!HtmlLoginPage.isHtml(body)) {
            return LoginPage.parse(body);
        }
        String sid = sid(service);
        boolean fresh = !sid.equals(formerSid);
        return HtmlLoginPage.read(body, fresh ? sid : "", fresh ? cookie(service, "wxuin") : "");
    }

    private static boolean isRedirect(HttpAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static String cookie(Service service, String name) {
        String value = service.exchange().cookies().value(name);
        return value == null ? "" : value;
    }
}
