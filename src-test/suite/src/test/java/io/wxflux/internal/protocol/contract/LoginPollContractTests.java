package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.wire.LoginScripts.LoginPoll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 5.3. */
class LoginPollContractTests {
    private static final String REDIRECT =
            "https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=canary@qrticket_0&uuid=canaryUuid=="
                    + "&lang=zh_CN&scan=1700000000";

    @RegisterExtension
    final Wire wire = new Wire();

    private LoginPoll poll(boolean first) {
        return Wire.await(QrLogin.poll(wire.service(), "canaryUuid==", first));
    }

    @Test
    void theFirstPollOfAUuidSaysTip1AndAllLaterOnesTip0WithARisingStamp() {
        wire.answer(Wire.script("window.code=408;"));

        poll(true);
        poll(false);
        poll(false);

        List<Seen> seen = wire.allSeen();
        assertThat(seen.get(0).isGetOf(Wire.LOGIN, Wire.CGI + "login").query())
                .containsExactly(
                        "loginicon=true", "uuid=canaryUuid%3D%3D", "tip=1", "r=" + Wire.NOT_NOW, "_=1700000000124");
        assertThat(seen.get(1).query())
                .containsExactly(
                        "loginicon=true", "uuid=canaryUuid%3D%3D", "tip=0", "r=" + Wire.NOT_NOW, "_=1700000000125");
        assertThat(seen.get(2).query("tip")).isEqualTo("0");
        assertThat(seen.get(2).query("_")).isEqualTo("1700000000126");
    }

    @ParameterizedTest
    @CsvSource({"201", "202", "400", "408", "500", "0", "-1", "999"})
    void everyCodeIsHandedOnWithoutARedirect(int code) {
        wire.answer(Wire.script("window.code=" + code + ";"));

        LoginPoll answer = poll(true);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.redirectUri()).isEmpty();
        assertThat(answer.avatar()).isFalse();
    }

    @Test
    void code200BringsTheRedirectOnALineOfItsOwn() {
        wire.answer(Wire.script("window.code=200;\nwindow.redirect_uri=\"" + REDIRECT + "\";"));

        LoginPoll answer = poll(false);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.redirectUri()).isEqualTo(REDIRECT);
        assertThat(answer.toString()).doesNotContain(Wire.SECRET);
    }

    @Test
    void code201MayBringTheFaceOfTheOwnerInSingleQuotes() {
        wire.answer(Wire.script("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AAQSkZJRg==';"));

        LoginPoll answer = poll(true);

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.avatar()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window.code=200;",
                "window.code=200;\nwindow.redirect_uri=\"\";",
                "window.code=200;\nwindow.redirect_uri=\"https://wx2.qq.com/canary",
                "window.code=20",
                "window.code=;",
                "window.code=408;window.code=200;",
                "{\"code\":200}"
            })
    void anUnusableScriptIsTriedAgain(String script) {
        wire.answer(Wire.script(script));

        assertThat(Wire.failure(QrLogin.poll(wire.service(), "canaryUuid==", true)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("login poll was answered with");
    }
}
