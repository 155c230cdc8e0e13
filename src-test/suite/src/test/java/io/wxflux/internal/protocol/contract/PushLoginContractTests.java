package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.wxflux.internal.protocol.PushLogin;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 5.4. */
class PushLoginContractTests {
    private static final String OFFER = "{\"ret\":\"0\",\"msg\":\"all ok\",\"uuid\":\"canaryUuid==\"}";

    @RegisterExtension
    final Wire wire = new Wire();

    private String uuid(LoginMode mode) {
        return Wire.await(PushLogin.uuid(wire.service(), Wire.CREDENTIALS.uin(), Wire.API, mode));
    }

    @Test
    void asksTheSavedApiHostWithTheOldCookies() {
        wire.cookie("webwx_auth_ticket", "canary/a+b=", "wx2.qq.com", false);
        wire.cookie("webwxuvid", "canaryUvid", "wx2.qq.com", false);
        wire.answer(OFFER);

        assertThat(uuid(LoginMode.web())).isEqualTo("canaryUuid==");

        Seen seen = wire.seen().isGetOf(Wire.API, Wire.CGI + "webwxpushloginurl");
        assertThat(seen.query()).containsExactly("uin=3000000007");
        assertThat(seen.header("Cookie")).isEqualTo("webwx_auth_ticket=canary/a+b=; webwxuvid=canaryUvid");
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
    }

    @Test
    void desktopModeIsSaid() {
        wire.answer(OFFER);

        uuid(LoginMode.desktop(Secret.of("blob"), "2.0.0"));

        assertThat(wire.seen().query()).containsExactly("uin=3000000007", "mod=desktop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "0"})
    void retMayBeAStringOrANumber(String ret) {
        wire.answer("{\"ret\":" + ret + ",\"msg\":\"all ok\",\"uuid\":\"canaryUuid==\"}");

        assertThat(uuid(LoginMode.web())).isEqualTo("canaryUuid==");
    }

    static Stream<ResponseDefinitionBuilder> refusals() {
        return Stream.of(
                Wire.text("{\"ret\":\"1\",\"msg\":\"device authinfo invalid\",\"uuid\":\"\"}"),
                Wire.text("{\"ret\":-1,\"msg\":\"x\"}"),
                Wire.text("{\"ret\":0,\"msg\":\"all ok\"}"),
                Wire.text("{\"ret\":0,\"msg\":\"all ok\",\"uuid\":\"\"}"),
                Wire.text("{\"ret\":0,\"msg\":\"all ok\",\"uuid\":\"cut"),
                Wire.text("{}"),
                Wire.text(""),
                Wire.text("<html>canary</html>"),
                aResponse().withStatus(302).withHeader("Location", "https://wx2.qq.com/?canary"),
                aResponse().withStatus(403),
                aResponse().withStatus(503),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void afterAnyRefusalTheLoginHostIsAsked(ResponseDefinitionBuilder refusal) {
        wire.answers(refusal, Wire.text(OFFER));

        assertThat(uuid(LoginMode.web())).isEqualTo("canaryUuid==");

        assertThat(wire.allSeen())
                .extracting(Seen::line)
                .containsExactly(
                        "GET https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxpushloginurl",
                        "GET https://login.weixin.qq.com/cgi-bin/mmwebwx-bin/webwxpushloginurl");
        assertThat(wire.allSeen().get(1).query()).containsExactly("uin=3000000007");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedByBothItIsEmptyAndNoError(ResponseDefinitionBuilder refusal) {
        wire.answer(refusal);

        assertThat(uuid(LoginMode.web())).isNull();

        assertThat(wire.allSeen()).hasSize(2);
    }
}
