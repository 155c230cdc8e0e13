package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.HttpCall.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cookies that try to reach further than their sender, to crowd others out, or to become something else on the way. */
class HostileCookiesTest extends ExchangeFixture {
    private static final String SESSION = "wxsid=session; Domain=wx.qq.com; Path=/; Secure";

    private static List<String> hostile() {
        List<String> all = new ArrayList<>();
        for (String domain : List.of(
                "web.wechat.com",
                ".wechat.com",
                "wechat.com",
                "com",
                ".com",
                "com.",
                ".",
                "..",
                "*",
                "*.com",
                "qq.com.evil.example",
                "evil.example",
                "evilqq.com",
                "q.com",
                "wx2.qq.com",
                "webpush.wx.qq.com",
                "login.weixin.qq.com",
                "127.0.0.1",
                "[::1]",
                "localhost",
                "qq.com@wechat.com",
                "qq.com/wechat.com",
                "qq.com,wechat.com",
                "qq.com wechat.com",
                "qq.com\twechat.com",
                "wechat.com\u0000qq.com",
                "cn",
                "com.cn",
                "\u00e9.qq.com",
                "xn--qq.com",
                "..qq.com",
                "qq..com",
                "wechat.com:443",
                "https://wechat.com",
                "%77echat.com")) {
            all.add("evil" + all.size() + "=stolen; Domain=" + domain + "; Path=/");
        }
        all.add("evil=stolen; Domain=wechat.com; Domain=.wechat.com");
        all.add("evil=stolen; Domain=qq.com; Domain=wechat.com; Path=/");
        all.add("evil=stolen; Path=/; Domain=wechat.com; Domain=");
        all.add("evil=a\tb; Path=/");
        all.add("evil=a\u0000b; Path=/");
        all.add("evil=a\u007fb; Path=/");
        all.add("evil\u0000=b; Path=/");
        all.add("ev il=b; Path=/");
        all.add("ev;il=b; Path=/");
        all.add("=nameless; Path=/");
        all.add("nothing");
        all.add("");
        all.add(";;;;");
        all.add("evil=" + "x".repeat(4_097) + "; Path=/");
        all.add("e".repeat(300) + "=b; Path=/");
        all.add("evil=\u00e9\u00ff; Path=/");
        all.add("evil=1; Path=/; Expires=" + "9".repeat(5_000));
        all.add("evil=1; Path=/; Max-Age=" + "-".repeat(5_000));
        all.add("evil=1" + "; x=y".repeat(2_000));
        return all;
    }

    private HttpAnswer ask(String host, String path) {
        return send(HttpCall.get("test", host, path).on(Lane.LOGIN, Duration.ofSeconds(8), 1_000));
    }

    @Test
    void noneReachesAnotherHost() {
        List<String> hostile = hostile();
        assertThat(hostile).hasSizeGreaterThanOrEqualTo(50);
        List<String> sent = new ArrayList<>();
        server((request, client) -> {
            StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
            if (request.line().contains("/cgi-bin/mmwebwx-bin/set")) {
                int number = Integer.parseInt(request.line().replaceAll(".*set(\\d+).*", "$1"));
                head.append("Set-Cookie: ").append(SESSION).append("\r\n");
                head.append("Set-Cookie: ").append(sent.get(number)).append("\r\n");
            }
            client.send(head + "\r\n");
        });
        for (String cookie : hostile) {
            // A line may hold neither end nor more bytes than a head may have; of those the codec sees to it itself.
            sent.add(cookie);
            try {
                ask("wx.qq.com", "/cgi-bin/mmwebwx-bin/set" + (sent.size() - 1));
            } catch (io.wxflux.error.HostUnreachableException refused) {
                assertThat(refused).hasNoCause();
            }
        }
        server.requests.clear();
        for (String host : List.of("web.wechat.com", "login.weixin.qq.com", "wx2.qq.com", "webpush.wx2.qq.com")) {
            ask(host, "/cgi-bin/mmwebwx-bin/x");
        }
        assertThat(server.requests).hasSize(4).allSatisfy(request -> {
            String cookies = request.header("Cookie");
            assertThat(cookies == null ? "" : cookies).doesNotContain("stolen", "evil", "wxsid");
        });

        server.requests.clear();
        ask("webpush.wx.qq.com", "/cgi-bin/mmwebwx-bin/synccheck");
        assertThat(server.requests.get(0).header("Cookie"))
                .as("its own still get there")
                .contains("wxsid=session");
        assertThat(server.requests.get(0).head()).matches("[\\x20-\\x7e\\r\\n]*");
    }

    /** As many as a head can hold, again and again: the jar ends, and the session's own cookies stay. */
    @Test
    void aFloodIsBoundedAndDrivesNothingOut() {
        int[] round = {0};
        server((request, client) -> {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: " + SESSION + "\r\n");
            for (int i = 0; i < 200; i++) {
                head.append("Set-Cookie: f")
                        .append(round[0])
                        .append('_')
                        .append(i)
                        .append("=")
                        .append("x".repeat(100))
                        .append("\r\n");
            }
            round[0]++;
            client.send(head + "\r\nok");
        });
        for (int i = 0; i < 10; i++) {
            assertThat(text(ask("wx.qq.com", PATH))).isEqualTo("ok");
        }
        assertThat(jar.snapshot()).hasSize(Rfc6265CookieJar.MOST_COOKIES);
        assertThat(jar.value("wxsid")).isEqualTo("session");
        assertThat(jar.header("wx.qq.com", PATH).length()).isLessThan(Rfc6265CookieJar.MOST_BYTES);
    }

    /** A session of the one family and a session of the other meet in no request, whatever is set at either. */
    @Test
    void familiesShareNoCookie() {
        Set<String> seen = new TreeSet<>();
        server((request, client) -> {
            String host = String.valueOf(request.header("Host"));
            seen.add(host + " " + request.header("Cookie"));
            String parent = host.endsWith("qq.com") ? "qq.com" : "wechat.com";
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: of=" + parent + "; Domain=" + parent
                    + "; Path=/\r\nSet-Cookie: to=other; Domain=" + (parent.equals("qq.com") ? "wechat.com" : "qq.com")
                    + "; Path=/\r\n\r\n");
        });
        for (int i = 0; i < 2; i++) {
            for (String host : List.of("wx.qq.com", "web.wechat.com", "wx2.qq.com", "login.weixin.qq.com")) {
                ask(host, PATH);
            }
        }
        assertThat(seen).noneMatch(line -> line.contains("to=other"));
        assertThat(seen).noneMatch(line -> line.startsWith("web.wechat.com") && line.contains("of=qq.com"));
        assertThat(seen).noneMatch(line -> line.contains("qq.com of=wechat.com"));
        assertThat(seen).contains("wx2.qq.com of=qq.com", "web.wechat.com of=wechat.com");
    }
}
