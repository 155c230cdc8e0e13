package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.internal.protocol.Logout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL 12.3. */
class LogoutContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private void logout() {
        Wire.await(Logout.logout(wire.service(), Wire.HOSTS, Wire.CREDENTIALS));
    }

    @Test
    void postsTheFormOfThePagesLogoutButton() {
        wire.cookie("wxsid", "canarySid", "wx2.qq.com", false);
        wire.answer(aResponse().withStatus(302).withHeader("Location", "https://wx2.qq.com/"));

        logout();

        Seen seen = wire.seen();
        assertThat(seen.line()).isEqualTo("POST https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxlogout");
        assertThat(seen.query()).containsExactly("redirect=1", "type=0", "skey=%40crypt_0a_canary");
        assertThat(seen.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(seen.body()).isEqualTo("sid=canarySid%2B%2F1%3D%3D&uin=3000000007");
        assertThat(seen.header("Content-Length"))
                .isEqualTo(Integer.toString(seen.body().length()));
        assertThat(seen.header("Referer")).isEqualTo("https://wx2.qq.com/?&lang=zh_CN");
        assertThat(seen.header("Origin")).isEqualTo("https://wx2.qq.com");
        assertThat(seen.header("Cookie")).isEqualTo("wxsid=canarySid");
    }

    static Stream<ResponseDefinitionBuilder> answers() {
        return Stream.of(
                aResponse(),
                aResponse().withStatus(301).withHeader("Location", "https://login.weixin.qq.com/"),
                aResponse().withStatus(302).withHeader("Location", "https://evil.example/"),
                Wire.text(Wire.ret(1101)),
                aResponse().withStatus(404),
                aResponse().withStatus(503).withBody("<html>busy</html>"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anyAnswerWillDoAndNoneIsFollowed(ResponseDefinitionBuilder answer) {
        wire.answer(answer);

        logout();

        assertThat(wire.allSeen()).hasSize(1);
    }
}
