package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpCall.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedirectUriTest {
    private static final String PATH = "/cgi-bin/mmwebwx-bin/webwxnewloginpage";
    private static final String QUERY =
            "?ticket=A-secret-Ticket@qrticket_0&uuid=oZwt_bFfRg==&lang=zh_CN&scan=1446530000";

    @ParameterizedTest
    @CsvSource({
        "https://wx.qq.com, wx.qq.com",
        "https://wx2.qq.com, wx2.qq.com",
        "https://wx8.qq.com, wx8.qq.com",
        "https://web.wechat.com, web.wechat.com",
        "https://web2.wechat.com, web2.wechat.com",
        "https://wechat.com, wechat.com",
        "HTTPS://WX.QQ.COM, wx.qq.com",
        "https://wx.qq.com., wx.qq.com",
        "https://wx.qq.com:443, wx.qq.com",
        "https://wx.qq.com.:443, wx.qq.com",
    })
    void takesTheLoginPagesOfTheFamilies(String origin, String host) {
        RedirectUri uri = RedirectUri.parse(origin + PATH + QUERY);

        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.family().api()).isEqualTo(host);
        assertThat(uri.query())
                .containsExactly(
                        new Field("ticket", "A-secret-Ticket@qrticket_0"),
                        new Field("uuid", "oZwt_bFfRg=="),
                        new Field("lang", "zh_CN"),
                        new Field("scan", "1446530000"));
    }

    static Stream<String> bad() {
        Stream<String> origins = Stream.of(
                "http://wx.qq.com",
                "ftp://wx.qq.com",
                "ws://wx.qq.com",
                "wss://wx.qq.com",
                "javascript://wx.qq.com",
                "file://wx.qq.com",
                "//wx.qq.com",
                "wx.qq.com",
                "https:wx.qq.com",
                "https:/wx.qq.com",
                "https:///wx.qq.com",
                "https:\\\\wx.qq.com",
                "https://",
                "https://:443",
                "https://wx.qq.com:",
                "https://wx.qq.com:80",
                "https://wx.qq.com:8443",
                "https://wx.qq.com:0443",
                "https://wx.qq.com:443:443",
                "https://wx.qq.com:+443",
                "https://wx.qq.com:99999",
                "https://user@wx.qq.com",
                "https://user:password@wx.qq.com",
                "https://@wx.qq.com",
                "https://:@wx.qq.com",
                "https://wx.qq.com@evil.example",
                "https://wx.qq.com:443@evil.example",
                "https://wx.qq.com%40evil.example",
                "https://wx.qq.com\\@evil.example",
                "https://evil.example",
                "https://evil.example/wx.qq.com",
                "https://wx.qq.com.evil.example",
                "https://evilwx.qq.com",
                "https://wx.qq.comevil.example",
                "https://evil-qq.com",
                "https://qq.com",
                "https://login.wx.qq.com",
                "https://webpush.wx.qq.com",
                "https://file.wx.qq.com",
                "https://wx3.qq.com",
                "https://a.wx.qq.com",
                "https://weixin.qq.com",
                "https://www.wechat.com",
                "https://web3.wechat.com",
                "https://wx.qq.com..",
                "https://.wx.qq.com",
                "https://wx..qq.com",
                "https://wx.qq.com%2eevil.example",
                "https://wx%2eqq.com",
                "https://wx.qq.com%00.evil.example",
                "https://127.0.0.1",
                "https://2130706433",
                "https://0x7f000001",
                "https://017700000001",
                "https://127.1",
                "https://10.0.0.1",
                "https://169.254.169.254",
                "https://[::1]",
                "https://[::ffff:127.0.0.1]",
                "https://localhost",
                "https://wх.qq.com",
                "https://wx。qq。com",
                "https://xn--wx-qlc.qq.com",
                "https://wx.qq.com ",
                " https://wx.qq.com",
                "https://wx.qq.com\t",
                "https://wx.qq.com\r\nHost: evil.example\r\n",
                "https://wx.qq\n.com",
                "https://wx.qq.com\u0000",
                "https://wx.qq.com\u00ad",
                "https://wx_qq.com",
                "https://wx.qq.com,evil.example",
                "https://wx.qq.com;evil.example",
                "https://wx.qq.com|evil.example",
                "https://{wx.qq.com}");
        Stream<String> rests = Stream.of(
                "",
                "/",
                PATH,
                PATH + "?",
                PATH + "/" + QUERY,
                PATH + ";x" + QUERY,
                PATH + "x" + QUERY,
                "/cgi-bin/mmwebwx-bin/webwxlogout" + QUERY,
                "/CGI-BIN/mmwebwx-bin/webwxnewloginpage" + QUERY,
                "//cgi-bin/mmwebwx-bin/webwxnewloginpage" + QUERY,
                "/x/.." + PATH + QUERY,
                "/cgi-bin/mmwebwx-bin/%77ebwxnewloginpage" + QUERY,
                "/cgi-bin%2fmmwebwx-bin/webwxnewloginpage" + QUERY,
                PATH + QUERY + "#fragment",
                PATH + QUERY + "#",
                PATH + QUERY + "&x=%0d%0aX:y",
                PATH + QUERY + "&x=%00",
                PATH + QUERY + "&x=%ff",
                PATH + QUERY + "&x=%zz",
                PATH + QUERY + "&x=\"",
                PATH + QUERY + "&x=" + "y".repeat(5_000),
                PATH + QUERY + "&x=y".repeat(40));
        return Stream.concat(origins.map(o -> o + PATH + QUERY), rests.map(r -> "https://wx.qq.com" + r));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesEverythingElseWithoutShowingTheTicket(String text) {
        assertThatThrownBy(() -> RedirectUri.parse(text))
                .isInstanceOf(ProtocolViolationException.class)
                .hasNoCause()
                .hasMessageStartingWith("The login's redirect_uri was refused")
                .hasMessageNotContainingAny("secret", "Ticket", "oZwt");
    }

    @Test
    void doesNotPrintItsTicket() {
        RedirectUri uri = RedirectUri.parse("https://wx.qq.com" + PATH + QUERY);

        assertThat(List.of(uri.toString(), uri.query().toString())).noneMatch(text -> text.contains("secret"));
    }
}
