package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.Remedy;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 5.1. */
class JsLoginContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    @Test
    void asksTheLoginHostForTheUuidOfANewLogin() {
        wire.answer(Step.JSLOGIN.answer);

        assertThat(Wire.await(QrLogin.uuid(wire.service(), LoginMode.web()))).isEqualTo("canaryUuid==");

        Seen seen = wire.seen().isGetOf(Wire.LOGIN, "/jslogin");
        assertThat(seen.query())
                .containsExactly(
                        "appid=wx782c26e4c19acffb",
                        "redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage",
                        "fun=new",
                        "lang=zh_CN",
                        "_=1700000000124");
        assertThat(seen.header("Connection")).isEqualTo("close");
    }

    @Test
    void desktopModeIsSaidInsideTheEncodedRedirect() {
        wire.answer(Step.JSLOGIN.answer);

        Wire.await(QrLogin.uuid(wire.service(), LoginMode.desktop(Secret.of("blob"), "2.0.0")));

        assertThat(wire.seen().query("redirect_uri")).endsWith("webwxnewloginpage%3Fmod%3Ddesktop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window.QRLogin.code = 200; window.QRLogin.uuid = \"canaryUuid==\";",
                "window.QRLogin.code=200;window.QRLogin.uuid='canaryUuid=='",
                "\n window.QRLogin.code = 200;\r\nwindow.QRLogin.uuid=\"canaryUuid==\" ;\n"
            })
    void readsTheScriptHoweverItIsSpaced(String script) {
        wire.answer(Wire.script(script));

        assertThat(Wire.await(QrLogin.uuid(wire.service(), LoginMode.web()))).isEqualTo("canaryUuid==");
    }

    @Test
    void aDeclaredForeignCharsetAndASecondContentTypeAreIgnored() {
        wire.answer(
                Wire.text(Step.JSLOGIN.answer).withHeader("Content-Type", "text/javascript", "text/html; charset=gbk"));

        assertThat(Wire.await(QrLogin.uuid(wire.service(), LoginMode.web()))).isEqualTo("canaryUuid==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window.QRLogin.code = 400; window.QRLogin.uuid = \"canaryUuid==\";",
                "window.QRLogin.code = 500;",
                "window.QRLogin.code = 200;",
                "window.QRLogin.code = 200; window.QRLogin.uuid = \"\";",
                "window.QRLogin.code = 200; window.QRLogin.uuid = \"canary",
                "window.QRLogin.uuid = \"canaryUuid==\";"
            })
    void withoutCode200AndAUuidItIsTriedAgain(String script) {
        wire.answer(Wire.script(script));

        assertThat(Wire.failure(QrLogin.uuid(wire.service(), LoginMode.web())))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("jslogin was answered with")
                .matches(error -> ((ProtocolViolationException) error).remedy() == Remedy.RETRY);
    }
}
