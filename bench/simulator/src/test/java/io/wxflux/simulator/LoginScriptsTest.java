package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginScriptsTest {

    private Simulator simulator;
    private SimAccount account;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .loginHold(Duration.ofMillis(50))
                .movedWithoutLocation(true)
                .start();
        account = simulator.addAccount(SimAccountSpec.of("carol", 333L));
        client = new WebClient(simulator);
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void playsEveryCodeOfTheLoginPoll() {
        String uuid = client.uuid();
        assertThat(client.loginPoll(uuid, 1).text()).isEqualTo("window.code=408;");
        simulator.login(uuid).scan(account);
        assertThat(client.loginPoll(uuid, 0).text())
                .startsWith("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/");
        assertThat(client.loginPoll(uuid, 0).text()).isEqualTo("window.code=408;");
        simulator.login(uuid).cancel();
        assertThat(client.loginPoll(uuid, 0).text()).isEqualTo("window.code=202;");
        simulator.login(uuid).expire();
        assertThat(client.loginPoll(uuid, 0).text()).isEqualTo("window.code=400;");
        assertThat(client.loginPoll("nosuchuuid==", 0).text()).isEqualTo("window.code=400;");
        simulator.assertNoViolations();
    }

    @Test
    void answers301WithoutLocationAndRefusals() {
        WebClient.Page page = client.newLoginPage(redirect());
        assertThat(page.status()).isEqualTo(301);
        assertThat(client.passTicket).contains("%2B").contains("%2F");
        assertThat(page.setCookies()).hasSize(7).anyMatch(cookie -> cookie.contains("Domain=.qq.com;"));
        account.refuseLogins(1203);
        assertThat(client.newLoginPage(redirect()).text()).contains("<ret>1203</ret>");
        simulator.assertNoViolations();
    }

    private String redirect() {
        String uuid = client.uuid();
        simulator.login(uuid).scan(account);
        simulator.login(uuid).confirm();
        return WebClient.find(client.loginPoll(uuid, 0).text(), "redirect_uri=\"([^\"]+)\"");
    }

    @Test
    void asksThePhoneOnPushLogin() {
        client.newLoginPage(redirect());
        String url = client.api("webwxpushloginurl?uin=333");
        String uuid = client.get(url).json().path("uuid").asString();
        assertThat(client.loginPoll(uuid, 1).text()).contains("window.code=200");
        account.onPushLogin(PushLogin.CANCEL);
        uuid = client.get(url).json().path("uuid").asString();
        assertThat(client.loginPoll(uuid, 1).text()).contains("window.code=202");
        account.onPushLogin(PushLogin.WAIT);
        uuid = client.get(url).json().path("uuid").asString();
        assertThat(client.loginPoll(uuid, 1).text()).contains("window.code=408");
        account.onPushLogin(PushLogin.REFUSE);
        assertThat(client.get(url).json().path("ret").asString()).isEqualTo("1");
        client.forget("webwx_auth_ticket");
        account.onPushLogin(PushLogin.CONFIRM);
        assertThat(client.get(url).json().path("ret").asString()).isEqualTo("1");
    }

    @Test
    void drawsTheCodeAndActsAsThePhoneByHand() throws IOException {
        String uuid = client.uuid();
        byte[] image = client.bytes("https://login.weixin.qq.com/qrcode/" + uuid);
        assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isGreaterThan(200);
        assertThat(client.get("https://login.weixin.qq.com/l/" + uuid).text()).startsWith("SCANNED by carol");
        assertThat(client.get("https://login.weixin.qq.com/l/" + uuid).text()).startsWith("CONFIRMED by carol");
        assertThat(client.loginPoll(uuid, 1).text()).contains("window.code=200");
    }
}
