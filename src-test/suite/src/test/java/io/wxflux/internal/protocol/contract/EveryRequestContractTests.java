package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.transport.HostFamily;
import io.wxflux.model.SyncKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PROTOCOL 4: what all requests have in common, and which cookies go where. */
class EveryRequestContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    @ParameterizedTest
    @EnumSource(Step.class)
    void goesToItsHostAndPathWithTheHeadersOfABrowser(Step step) {
        wire.answer(step.answer);

        Wire.await(step.on(wire.service()));

        Seen seen = wire.seen();
        assertThat(seen.line()).endsWith(" https://" + step.host + step.path);
        assertThat(seen.header("User-Agent")).isEqualTo(wire.http().userAgent()).startsWith("Mozilla/5.0 (");
        assertThat(seen.header("Accept")).isEqualTo("application/json, text/plain, */*");
        assertThat(seen.header("Accept-Encoding")).isEqualTo("gzip");
        assertThat(seen.header("Cookie")).isNull();
        assertThat(seen.header("Referer"))
                .isEqualTo("https://" + (step.host.equals(Wire.LOGIN) ? "wx.qq.com" : Wire.API) + "/?&lang=zh_CN");
        assertThat(seen.request().getProtocol()).isEqualTo("HTTP/1.1");
        assertThat(seen.request().getAllHeaderKeys()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void nothingIsSentBeforeSubscriptionAndEachSubscriptionSendsAnew(Step step) {
        wire.answer(step.answer);
        var call = step.on(wire.service());
        assertThat(wire.allSeen()).isEmpty();

        Wire.await(call);
        Wire.await(call);

        assertThat(wire.allSeen()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void showsEachHostTheCookiesOfItsDomainsOnly(Step step) {
        wire.cookie("wxsid", "s1", "wx2.qq.com", true);
        wire.cookie("mm_lang", "zh_CN", "wx2.qq.com", false);
        wire.cookie("webwx_data_ticket", "t/+=1", "qq.com", false);
        wire.cookie("wxuin", "u1", "web.wechat.com", false);
        wire.cookie("login_only", "l1", "login.weixin.qq.com", true);
        wire.answer(step.answer);

        Wire.await(step.on(wire.service()));

        assertThat(wire.seen().header("Cookie"))
                .isEqualTo(
                        switch (step.host) {
                            case Wire.API -> "wxsid=s1; mm_lang=zh_CN; webwx_data_ticket=t/+=1";
                            case Wire.PUSH -> "mm_lang=zh_CN; webwx_data_ticket=t/+=1";
                            default -> "webwx_data_ticket=t/+=1; login_only=l1";
                        });
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void keepsTheCookiesOfEveryAnswer(Step step) {
        wire.answer(Wire.text(step.answer)
                .withHeader(
                        "Set-Cookie",
                        "wxloadtime=1_expired; Domain=" + step.host + "; Path=/; Secure",
                        "webwx_data_ticket=canary/1; Domain=.qq.com; Path=/; Expires=Fri, 31-Dec-2077 11:12:21 GMT",
                        "intruder=1; Domain=.wechat.com; Path=/",
                        "broken"));

        Wire.await(step.on(wire.service()));

        assertThat(wire.cookies().snapshot())
                .extracting(cookie -> cookie.name() + "=" + cookie.value() + " " + cookie.domain())
                .containsExactly("wxloadtime=1_expired " + step.host, "webwx_data_ticket=canary/1 qq.com");
    }

    @Test
    void cookiesOfTheApiHostsParentReachThePushHostAndNotTheOtherFamily() {
        wire.answerAt(
                "webwxinit",
                Wire.text(Step.INIT.answer)
                        .withHeader(
                                "Set-Cookie",
                                "wxsid=s1; Domain=wx2.qq.com; Path=/",
                                "webwx_data_ticket=t1; Domain=.qq.com; Path=/",
                                "webwxuvid=v1; Path=/"));
        wire.answerAt("synccheck", Wire.script(Step.SYNC_CHECK.answer));
        SyncKey key = new SyncKey(List.of(new SyncKey.Entry(1, 2)));

        Wire.await(Start.init(wire.service(), Wire.HOSTS, Wire.CREDENTIALS));
        Wire.await(Sync.check(wire.service(), Wire.PUSH, Wire.CREDENTIALS, key));
        Wire.await(Sync.check(wire.service(), "webpush.wx.qq.com", Wire.CREDENTIALS, key));
        Wire.await(Start.init(wire.service(), HostFamily.of("web.wechat.com"), Wire.CREDENTIALS));

        List<Seen> seen = wire.allSeen();
        assertThat(seen).hasSize(4);
        assertThat(seen.get(1).header("Cookie")).isEqualTo("wxsid=s1; webwx_data_ticket=t1");
        assertThat(seen.get(2).header("Cookie")).isEqualTo("webwx_data_ticket=t1");
        assertThat(seen.get(3).line()).isEqualTo("POST https://web.wechat.com/cgi-bin/mmwebwx-bin/webwxinit");
        assertThat(seen.get(3).header("Cookie")).isNull();
        assertThat(seen.get(3).header("Referer")).isEqualTo("https://web.wechat.com/?&lang=zh_CN");
    }

    @Test
    void twoAccountsShareNoCookies() {
        wire.cookie("wxsid", "s1", "wx2.qq.com", false);
        var other = wire.otherAccount();
        wire.answer(Step.SYNC.answer);

        Wire.await(Step.SYNC.on(other));

        assertThat(wire.seen().header("Cookie")).isNull();
    }
}
