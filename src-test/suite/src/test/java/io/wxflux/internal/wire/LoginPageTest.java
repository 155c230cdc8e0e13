package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest {
    @Test
    void aSessionHasFiveValues() {
        LoginPage page = LoginPage.parse(utf8(Documents.LOGIN_PAGE));
        assertThat(page.ret()).isZero();
        assertThat(page.skey()).isEqualTo("@crypt_0000aaaa_0123456789abcdef0123456789abcdef");
        assertThat(page.wxsid()).isEqualTo("madeUpSid/1+2==");
        assertThat(page.wxuin()).isEqualTo(1234567890L);
        assertThat(page.passTicket()).isEqualTo("made%2Bup%2Fticket%3D");
        assertThat(page.toString()).doesNotContain("crypt", "Sid", "made", "1234567890");
    }

    @Test
    void aRefusalHasItsMessage() {
        LoginPage page = LoginPage.parse(utf8(Documents.REFUSED_PAGE));
        assertThat(page.ret()).isEqualTo(1203);
        assertThat(page.message()).contains("https://pc.example");
        assertThat(page.toString()).contains("1203");
    }

    @Test
    void anotherAddressIsNoSession() {
        LoginPage page = LoginPage.parse(
                utf8("<error><ret>0</ret><redirecturl>https://wx2.example/a?b=1&c=2</redirecturl></error>"));
        assertThat(page.redirectUrl()).isEqualTo("https://wx2.example/a?b=1&c=2");
        assertThat(page.skey()).isEmpty();
    }

    @Test
    void aPageWithNeitherCodeNorCredentialsIsARefusal() {
        assertThat(LoginPage.parse(utf8("<error><message>blocked</message></error>"))
                        .ret())
                .isNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "<html><body>maintenance</body></html>",
                "<!DOCTYPE html><html></html>",
                "<error><ret>0</ret></error>",
                "<error><ret>zero</ret></error>",
                "<error><ret>0</ret><skey>a b</skey><wxsid>s</wxsid><wxuin>1</wxuin><pass_ticket>p</pass_ticket></error>",
                "<error><ret>0</ret><skey>k</skey><wxsid>s&#13;&#10;X</wxsid><wxuin>1</wxuin><pass_ticket>p</pass_ticket>"
                        + "</error>",
                "<error><ret>0</ret><skey>k</skey><wxsid>s</wxsid><wxuin>0</wxuin><pass_ticket>p</pass_ticket></error>",
                "<error><ret>0</ret><skey>k</skey><wxsid>s</wxsid><wxuin>1</wxuin><pass_ticket>é</pass_ticket></error>",
                "<!DOCTYPE error [<!ENTITY a \"b\">]><error><ret>0</ret><skey>&a;</skey></error>",
            })
    void whatIsNoUsablePageIsAnError(String body) {
        assertThatThrownBy(() -> LoginPage.parse(utf8(body)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("webwxnewloginpage");
    }

    @Test
    void aPageBeyondTheLimitIsNotRead() {
        String body = Documents.LOGIN_PAGE.replace("<message>", "<message>" + "x".repeat(256 * 1024));
        assertThatThrownBy(() -> LoginPage.parse(utf8(body))).isInstanceOf(ProtocolViolationException.class);
    }
}
