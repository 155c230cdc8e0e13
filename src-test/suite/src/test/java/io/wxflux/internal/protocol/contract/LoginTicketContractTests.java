package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.Remedy;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.model.Uin;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 5.5 and 5.6. */
class LoginTicketContractTests {
    private static final String PATH = Wire.CGI + "webwxnewloginpage";
    private static final String REDIRECT =
            "https://wx2.qq.com" + PATH + "?ticket=canary-_1@qrticket_0&uuid=canaryUuid==&lang=zh_CN&scan=1700000000";
    private static final List<String> REDIRECT_QUERY = List.of(
            "ticket=canary-_1%40qrticket_0",
            "uuid=canaryUuid%3D%3D", "lang=zh_CN", "scan=1700000000", "fun=new", "version=v2");
    private static final String PAGE = page("<ret>0</ret><message></message>", "");

    @RegisterExtension
    final Wire wire = new Wire();

    private static String page(String head, String tail) {
        return "<error>" + head + "<skey>@crypt_0b_canary</skey><wxsid>canarySid+/==</wxsid><wxuin>3000000008</wxuin>"
                + "<pass_ticket>canary%2Fb%2B%3D</pass_ticket><isgrayscale>1</isgrayscale>" + tail + "</error>";
    }

    private Mono<LoginTicket.Ticket> fetch(LoginMode mode) {
        return LoginTicket.fetch(wire.service(), RedirectUri.parse(REDIRECT), mode);
    }

    private LoginTicket.Ticket ticket() {
        return Wire.await(fetch(LoginMode.web()));
    }

    private static void isThePage(LoginTicket.Ticket ticket) {
        assertThat(ticket.credentials().uin()).isEqualTo(new Uin(3_000_000_008L));
        assertThat(ticket.credentials().sid()).isEqualTo("canarySid+/==");
        assertThat(ticket.credentials().skey()).isEqualTo("@crypt_0b_canary");
        assertThat(ticket.credentials().passTicket()).as("as it came").isEqualTo("canary%2Fb%2B%3D");
        assertThat(ticket.redirect().host()).isEqualTo("wx2.qq.com");
        assertThat(ticket.toString()).doesNotContain(Wire.SECRET);
    }

    @Test
    void fetchesTheRedirectUriAsItIsWithFunAndVersion() {
        wire.answer(PAGE);

        isThePage(ticket());

        Seen seen = wire.seen().isGetOf(Wire.API, PATH);
        assertThat(seen.query()).isEqualTo(REDIRECT_QUERY);
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(seen.header("client-version")).isNull();
        assertThat(seen.header("extspam")).isNull();
        assertThat(seen.header("Connection")).isEqualTo("close");
    }

    @Test
    void desktopModeShowsTheBlobTheVersionAndTheDesktopPage() {
        wire.answer(PAGE);

        isThePage(Wire.await(fetch(LoginMode.desktop(Secret.of("Go8FCIkFEokF/canary+w=="), "2.0.0"))));

        Seen seen = wire.seen().isGetOf(Wire.API, PATH);
        assertThat(seen.query())
                .startsWith(REDIRECT_QUERY.toArray(String[]::new))
                .endsWith("mod=desktop");
        assertThat(seen.header("client-version")).isEqualTo("2.0.0");
        assertThat(seen.header("extspam")).isEqualTo("Go8FCIkFEokF/canary+w==");
        assertThat(seen.header("Referer")).isEqualTo("https://wx.qq.com/?&lang=zh_CN&target=t");
    }

    @Test
    void theSessionsCookiesAreKeptEachForItsDomain() {
        String until = "; Path=/; Expires=Fri, 31-Dec-2077 11:12:21 GMT; Secure";
        wire.answer(Wire.text(PAGE)
                .withHeader(
                        "Set-Cookie",
                        "wxuin=3000000008; Domain=wx2.qq.com" + until,
                        "wxsid=canarySid; Domain=wx2.qq.com" + until,
                        "wxloadtime=1700000000; Domain=wx2.qq.com" + until,
                        "mm_lang=zh_CN; Domain=wx2.qq.com" + until,
                        "webwx_data_ticket=canaryData; Domain=.qq.com" + until,
                        "webwxuvid=canaryUvid; Domain=wx2.qq.com" + until,
                        "webwx_auth_ticket=canary/2TK+x=; Domain=wx2.qq.com" + until));

        ticket();

        assertThat(wire.cookies().snapshot())
                .extracting(cookie -> cookie.name() + " " + cookie.domain())
                .containsExactly(
                        "wxuin wx2.qq.com",
                        "wxsid wx2.qq.com",
                        "wxloadtime wx2.qq.com",
                        "mm_lang wx2.qq.com",
                        "webwx_data_ticket qq.com",
                        "webwxuvid wx2.qq.com",
                        "webwx_auth_ticket wx2.qq.com");
        assertThat(wire.cookies().value("webwx_auth_ticket")).isEqualTo("canary/2TK+x=");
    }

    @Test
    void a301WithoutLocationIsReadLikeAPage() {
        wire.answer(Wire.text(PAGE)
                .withStatus(301)
                .withHeader("Set-Cookie", "wxsid=canarySid; Domain=wx2.qq.com; Path=/; Secure"));

        isThePage(ticket());

        assertThat(wire.cookies().value("wxsid")).isEqualTo("canarySid");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNeverFollowed(int status) {
        wire.answer(Wire.text(PAGE).withStatus(status).withHeader("Location", "https://wx2.qq.com/canary"));

        assertThat(Wire.failure(fetch(LoginMode.web())))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("webwxnewloginpage was answered with HTTP status " + status);
        assertThat(wire.allSeen()).hasSize(1);
    }

    @Test
    void aRedirecturlInThePageIsFollowedAndItsHostDecides() {
        String other = "https://wx.qq.com" + PATH + "?ticket=canary2@qrticket_0&amp;uuid=u";
        wire.answers(
                Wire.text("<error><ret>0</ret><message></message><redirecturl>" + other + "</redirecturl></error>"),
                Wire.text(PAGE));

        LoginTicket.Ticket ticket = ticket();

        assertThat(ticket.redirect().host()).isEqualTo("wx.qq.com");
        Seen second = wire.allSeen().get(1).isGetOf("wx.qq.com", PATH);
        assertThat(second.query()).containsExactly("ticket=canary2%40qrticket_0", "uuid=u", "fun=new", "version=v2");
        assertThat(second.header("Referer")).isEqualTo("https://wx.qq.com/?&lang=zh_CN");
    }

    @Test
    void aRedirecturlThatLeadsInCirclesEndsAfterThreeRequests() {
        wire.answer("<error><ret>0</ret><message></message><redirecturl>" + REDIRECT.replace("&", "&amp;")
                + "</redirecturl></error>");

        assertThat(Wire.failure(fetch(LoginMode.web()))).isInstanceOf(ProtocolViolationException.class);
        assertThat(wire.allSeen()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=canary",
                "http://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=canary",
                "https://wx.qq.com.evil.example/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=canary",
                "https://wx.qq.com/elsewhere?ticket=canary"
            })
    void aRedirecturlToAnywhereElseIsRefused(String elsewhere) {
        wire.answer("<error><ret>0</ret><redirecturl>" + elsewhere + "</redirecturl></error>");

        assertThat(Wire.failure(fetch(LoginMode.web()))).isInstanceOf(ProtocolViolationException.class);
        assertThat(wire.allSeen()).hasSize(1);
    }

    @Test
    void code1203IsFinalAndSaysWhatToDo() {
        wire.answer("<error><ret>1203</ret><message>为了你的帐号安全，此微信号不能登录网页微信。</message></error>");

        assertThat(Wire.failure(fetch(LoginMode.web())))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("1203")
                .hasMessageContaining("mode: desktop")
                .matches(error -> ((LoginRefusedException) error).remedy() == Remedy.STOP);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 1100, 1102, 1205, 70_001})
    void anyOtherCodeIsFinalAndShowsTheServicesWords(int ret) {
        wire.answer(Wire.text("<error><ret>" + ret + "</ret><message>登录环境异常\n再见</message></error>")
                .withHeader("Content-Type", "text/plain;charset=gbk"));

        assertThat(Wire.failure(fetch(LoginMode.web())))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessage("the login was refused with the code " + ret + ": 登录环境异常 再见");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<error></error>",
                "<error><message>OK</message><wxsid>canary</wxsid><wxuin>7</wxuin></error>",
                "<error><skey>@crypt_canary</skey><wxsid>canary</wxsid><wxuin>7</wxuin></error>"
            })
    void withoutACodeAndATicketTheAccountIsBarred(String page) {
        wire.answer(page);

        assertThat(Wire.failure(fetch(LoginMode.web()))).isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void theCodeMayBeMissingWhenTheTicketIsThere() {
        wire.answer(page("", ""));

        isThePage(ticket());
    }

    static List<ResponseDefinitionBuilder> unreadable() {
        return List.of(
                aResponse().withHeader("Content-Type", "text/html").withBody("<html><body>canary</body></html>"),
                aResponse().withHeader("Content-Type", "text/html").withBody("<!DOCTYPE html><title>canary"),
                Wire.text(""),
                Wire.text(PAGE.substring(0, PAGE.length() - 20)),
                Wire.text("<error><ret>0</ret><message></message></error>"),
                Wire.text("<error><ret>zero</ret></error>"),
                Wire.text(PAGE.replace("<wxuin>3000000008</wxuin>", "<wxuin>canary</wxuin>")),
                Wire.text(PAGE.replace("canary%2Fb%2B%3D", "canary b")),
                Wire.text("").withStatus(301));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoLoginPageIsTriedAgain(ResponseDefinitionBuilder answer) {
        wire.answer(answer);

        assertThat(Wire.failure(fetch(LoginMode.web())))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("webwxnewloginpage was answered with");
    }
}
