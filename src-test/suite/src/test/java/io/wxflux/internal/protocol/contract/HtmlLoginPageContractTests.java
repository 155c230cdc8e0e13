package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.model.Uin;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 5.5: HTML instead of the login page. */
class HtmlLoginPageContractTests {
    private static final String PATH = Wire.CGI + "webwxnewloginpage";
    private static final String REDIRECT = "https://wx2.qq.com" + PATH + "?ticket=canary@qrticket_0&uuid=u&scan=1";

    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<LoginTicket.Ticket> fetch() {
        return LoginTicket.fetch(wire.service(), RedirectUri.parse(REDIRECT), LoginMode.web());
    }

    private static ResponseDefinitionBuilder html(String body) {
        return aResponse()
                .withHeader("Content-Type", "text/html")
                .withBody("<!DOCTYPE html><html><body>" + body + "</body></html>");
    }

    private static ResponseDefinitionBuilder to(String location) {
        return aResponse().withStatus(302).withHeader("Location", location);
    }

    private static ResponseDefinitionBuilder withSession(ResponseDefinitionBuilder answer) {
        return answer.withHeader(
                "Set-Cookie",
                "wxsid=canarySid+/==; Domain=wx2.qq.com; Path=/; Secure",
                "wxuin=3000000008; Domain=wx2.qq.com; Path=/; Secure");
    }

    @Test
    void theAddressIsOpenedAsItIsAndTheSessionIsInTheCookies() {
        wire.answers(html("please wait"), withSession(to("/?lang=zh_CN")), html("the application"));

        LoginTicket.Ticket ticket = Wire.await(fetch());

        assertThat(ticket.credentials().uin()).isEqualTo(new Uin(3_000_000_008L));
        assertThat(ticket.credentials().sid()).isEqualTo("canarySid+/==");
        assertThat(ticket.credentials().skey()).as("webwxinit gives one").isEmpty();
        assertThat(ticket.redirect().host()).isEqualTo("wx2.qq.com");
        assertThat(wire.allSeen()).hasSize(3);
        Seen second = wire.allSeen().get(1).isGetOf(Wire.API, PATH);
        assertThat(second.query()).containsExactly("ticket=canary%40qrticket_0", "uuid=u", "scan=1");
        Seen third = wire.allSeen().get(2).isGetOf(Wire.API, "/");
        assertThat(third.query()).containsExactly("lang=zh_CN");
        assertThat(third.header("Cookie")).contains("wxsid=canarySid+/==");
    }

    @Test
    void whatThePageNamesIsTakenFromIt() {
        wire.answers(html(""), withSession(html("<skey>@crypt_canary</skey><pass_ticket>canary%2Fp%3D</pass_ticket>")));

        LoginTicket.Ticket ticket = Wire.await(fetch());

        assertThat(ticket.credentials().skey()).isEqualTo("@crypt_canary");
        assertThat(ticket.credentials().passTicket()).isEqualTo("canary%2Fp%3D");
    }

    @Test
    void theHostThatGivesTheSessionDecides() {
        wire.answers(
                html(""),
                to("https://wx.qq.com/"),
                html("").withHeader("Set-Cookie", "wxsid=canarySid; Path=/; Secure", "wxuin=7; Path=/; Secure"));

        assertThat(Wire.await(fetch()).redirect().host()).isEqualTo("wx.qq.com");
        wire.allSeen().get(2).isGetOf("wx.qq.com", "/");
    }

    @Test
    void theLoginPageItselfIsReadWhenItComesTheSecondTime() {
        wire.answers(
                html(""),
                Wire.text("<error><ret>0</ret><message></message><skey>@crypt_canary</skey><wxsid>canary</wxsid>"
                        + "<wxuin>7</wxuin><pass_ticket>canary%2F</pass_ticket></error>"));

        assertThat(Wire.await(fetch()).credentials().skey()).isEqualTo("@crypt_canary");
    }

    /** They are of the session before, which push login needs them for. */
    @Test
    void cookiesOfAnEarlierSessionAreNoLogin() {
        wire.cookie("wxsid", "canaryOld", "wx2.qq.com", false);
        wire.cookie("wxuin", "3000000008", "wx2.qq.com", false);
        wire.answer(html("maintenance"));

        assertThat(Wire.failure(fetch()))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("no session");
        assertThat(wire.allSeen()).hasSize(2);
    }

    @Test
    void aRefusalInThePageIsFinal() {
        wire.answer(html("<error><ret>1203</ret><message>canary</message></error>"));

        assertThat(Wire.failure(fetch()))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("1203");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://wx2.qq.com/",
                "//evil.example/",
                "https://wx2.qq.com:444/",
                "https://canary@wx2.qq.com/",
                "https://wx2.qq.com.evil.example/",
                "https://file.wx2.qq.com/",
                "javascript:canary",
                "https://wx2.qq.com/ canary"
            })
    void aRedirectToAnywhereElseIsRefused(String elsewhere) {
        wire.answers(html(""), withSession(to(elsewhere)), html(""));

        assertThat(Wire.failure(fetch())).isInstanceOf(ProtocolViolationException.class);
        assertThat(wire.allSeen()).hasSize(2);
    }

    @Test
    void redirectsInCirclesEnd() {
        wire.answers(html(""), to("/"));

        assertThat(Wire.failure(fetch()))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("redirected 4 times");
        assertThat(wire.allSeen()).hasSize(5);
    }

    @Test
    void desktopModeShowsItsBlobTheSecondTimeToo() {
        wire.answers(html(""), withSession(html("")));

        Wire.await(LoginTicket.fetch(
                wire.service(),
                RedirectUri.parse(REDIRECT),
                LoginMode.desktop(Secret.of("Go8FCIkFEokF/canary+w=="), "2.0.0")));

        assertThat(wire.allSeen().get(1).header("extspam")).isEqualTo("Go8FCIkFEokF/canary+w==");
    }
}
