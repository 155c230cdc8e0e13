package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.CookieJar.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
    private static final Instant SERVER = Instant.parse("2018-12-31T00:00:00Z");
    private static final String BIN = "/cgi-bin/mmwebwx-bin/";

    private final AtomicLong wall = new AtomicLong(SERVER.toEpochMilli());
    private final AtomicLong steady = new AtomicLong(5);
    private final Rfc6265CookieJar jar = new Rfc6265CookieJar(wall::get, steady::get);

    private static String date(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    private void store(String host, String... setCookie) {
        jar.store(host, BIN + "webwxnewloginpage", List.of(setCookie), date(SERVER));
    }

    @Test
    void sessionCookiesReachTheOtherHostsOfTheParentDomain() {
        store(
                "wx2.qq.com",
                "wxuin=1; Domain=wx2.qq.com; Path=/; Expires=" + date(SERVER.plusSeconds(43_200)),
                "webwx_data_ticket=t; domain=.QQ.com; path=/; Secure; HttpOnly",
                "wxloadtime=9");

        assertThat(jar.header("wx2.qq.com", BIN + "webwxinit")).isEqualTo("wxloadtime=9; wxuin=1; webwx_data_ticket=t");
        assertThat(jar.header("wx2.qq.com", "/")).isEqualTo("wxuin=1; webwx_data_ticket=t");
        assertThat(jar.header("webpush.wx2.qq.com", BIN + "synccheck")).isEqualTo("wxuin=1; webwx_data_ticket=t");
        assertThat(jar.header("webpush.wx.qq.com", BIN + "synccheck")).isEqualTo("webwx_data_ticket=t");
        assertThat(jar.header("web.wechat.com", BIN + "synccheck")).isEmpty();
        assertThat(jar.value("webwx_data_ticket")).isEqualTo("t");
        assertThat(jar.value("nothing")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com",
                ".com",
                "com.cn",
                "cn",
                "weixin.qq.com",
                "webpush.wx.qq.com",
                "x.qq.com",
                "wechat.com",
                "evil.example",
                "q.com",
                "www.qq.com.",
                ".",
                "127.0.0.1"
            })
    void refusesADomainThatDoesNotCoverTheSenderOrIsTooWide(String domain) {
        store("wx.qq.com", "a=1; Domain=" + domain);

        assertThat(jar.snapshot()).isEmpty();
        assertThat(jar.version()).isZero();
    }

    @Test
    void takesNothingFromAStranger() {
        store("evil.example", "a=1", "b=2; Domain=evil.example", "c=3; Domain=qq.com");

        assertThat(jar.snapshot()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a,   /a,    true",
        "/a,   /a/,   true",
        "/a,   /a/b,  true",
        "/a,   /ab,   false",
        "/a/,  /a/b,  true",
        "/a/,  /a,    false",
        "/,    /x,    true",
        "/a/b, /a,    false",
        "x,    /cgi-bin/mmwebwx-bin/y, true",
        "x,    /cgi-bin/y, false",
    })
    void matchesPathsByWholeSegments(String path, String request, boolean sent) {
        store("wx.qq.com", "a=1; Path=" + path);

        assertThat(jar.header("wx.qq.com", request)).isEqualTo(sent ? "a=1" : "");
    }

    @Test
    void longerPathsComeFirstThenOlderCookies() {
        store("wx.qq.com", "a=1; Path=/", "b=2; Path=/cgi-bin", "c=3; Path=/", "a=4; Path=/", "d=5; Path=/cgi-bin");

        assertThat(jar.header("wx.qq.com", "/cgi-bin/x")).isEqualTo("b=2; d=5; a=4; c=3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "a",
                "=1",
                " =1",
                "a b=1",
                "a\t=\u0001",
                "a=1\r\nX: y",
                "a=1\u0000",
                "a=\u007f",
                "a=é",
                "a\u0000=1",
                "a(=1",
                "a=1; Path=/\r\nX",
                "a=1; Domain=."
            })
    void ignoresWhatCouldBreakAHeader(String header) {
        store("wx.qq.com", header);

        assertThat(jar.header("wx.qq.com", BIN)).doesNotContain("\r", "\n", "\u0000", "X");
        assertThat(jar.snapshot()).allMatch(cookie -> cookie.path().equals("/cgi-bin/mmwebwx-bin"));
    }

    @Test
    void readsValuesAsTheyAre() {
        store("wx.qq.com", "a=\"q\"; Path=/", "b=x=y==; Path=/", "c=; Path=/", " d = 1 2 ; Path=/", "E@x=1; Path=/");

        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("a=\"q\"; b=x=y==; c=; d=1 2");
    }

    @Test
    void maxAgeWinsOverExpiresAndTheLastOfOneKindCounts() {
        store(
                "wx.qq.com",
                "a=1; Max-Age=60; Expires=" + date(SERVER.minusSeconds(60)),
                "b=1; Expires=" + date(SERVER.plusSeconds(60)) + "; Max-Age=0",
                "c=1; max-age=-1",
                "d=1; Max-Age=99999999999999999999",
                "e=1; Max-Age=1x",
                "f=1; Max-Age=60; Max-Age=-5");

        assertThat(jar.snapshot()).extracting(Cookie::name).containsExactlyInAnyOrder("a", "d", "e");
        assertThat(jar.snapshot())
                .filteredOn(c -> c.name().equals("a"))
                .singleElement()
                .extracting(Cookie::expires)
                .isEqualTo(SERVER.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400_000L * 365, -86_400_000L, -3_600_000L, 0, 3_600_000L, 86_400_000L, 86_400_000L * 365})
    void aWrongLocalClockNeitherDropsNorKeeps(long wrong) {
        wall.addAndGet(wrong);
        store("wx.qq.com", "wxsid=s; Path=/; Expires=" + date(SERVER.plus(Duration.ofHours(12))));
        assertThat(jar.value("wxsid")).isEqualTo("s");

        wall.addAndGet(-3 * wrong);
        steady.addAndGet(Duration.ofHours(12).toMillis() - 1);
        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("wxsid=s");
        steady.addAndGet(1);
        assertThat(jar.header("wx.qq.com", "/")).isEmpty();
        assertThat(jar.value("wxsid")).isNull();
        assertThat(jar.snapshot()).isEmpty();
    }

    @Test
    void withoutAnyDateTheLocalClockCounts() {
        jar.store("wx.qq.com", "/", List.of("a=1; Expires=" + date(SERVER.plusSeconds(10)), "b=1; Max-Age=20"), null);

        steady.addAndGet(10_000);
        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("b=1");
    }

    @Test
    void restoredCookiesCountUntilAnAnswerTellsTheTime() {
        wall.addAndGet(Duration.ofDays(9).toMillis());
        jar.restore(List.of(
                new Cookie("a", "1", "wx.qq.com", true, "/", true, SERVER.plusSeconds(10)),
                new Cookie("b", "2", "qq.com", false, "/", true, null)));
        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("a=1; b=2");

        jar.store("wx.qq.com", "/", List.of(), date(SERVER.plusSeconds(9)));
        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("a=1; b=2");
        jar.store("wx.qq.com", "/", List.of(), date(SERVER.plusSeconds(10)));
        assertThat(jar.header("wx.qq.com", "/")).isEqualTo("b=2");
    }

    @Test
    void whatWasSnapshotIsRestoredInTheSameOrder() {
        store("wx.qq.com", "b=1; Path=/", "a=2; Path=/; Domain=qq.com", "c=3", "z=4; Max-Age=60; Path=/");
        Rfc6265CookieJar other = new Rfc6265CookieJar(wall::get, steady::get);

        other.restore(jar.snapshot());

        assertThat(other.snapshot()).isEqualTo(jar.snapshot());
        assertThat(other.header("wx.qq.com", BIN)).isEqualTo(jar.header("wx.qq.com", BIN));
    }

    @Test
    void restoringWidensNothing() {
        jar.restore(List.of(
                new Cookie("a", "1", "com", false, "/", true, null),
                new Cookie("b", "1\r\n", "qq.com", false, "/", true, null),
                new Cookie("c ", "1", "qq.com", false, "/", true, null),
                new Cookie("d", "1", "qq.com", false, "x", true, null)));

        assertThat(jar.snapshot()).isEmpty();
    }

    @Test
    void versionRisesOnRealChangesOnly() {
        Instant end = SERVER.plus(Duration.ofHours(12));
        store("wx.qq.com", "wxsid=s; Path=/; Expires=" + date(end), "lang=x");
        long first = jar.version();
        assertThat(first).isEqualTo(1);

        store("wx.qq.com", "wxsid=s; Path=/; Expires=" + date(end), "lang=x");
        store("wx.qq.com", "wxsid=s; Path=/; Expires=" + date(end.plusSeconds(3_600)));
        assertThat(jar.version()).isEqualTo(first);
        assertThat(jar.snapshot().get(0).expires()).isEqualTo(end.plusSeconds(3_600));

        // Many small renewals add up: what is stored is never more than an hour behind.
        store("wx.qq.com", "wxsid=s; Path=/; Expires=" + date(end.plusSeconds(3_601)));
        assertThat(jar.version()).isEqualTo(first + 1);
        store("wx.qq.com", "wxsid=other; Path=/; Expires=" + date(end.plusSeconds(3_601)));
        assertThat(jar.version()).isEqualTo(first + 2);
        store("wx.qq.com", "lang=; Max-Age=0");
        assertThat(jar.version()).isEqualTo(first + 3);
        store("wx.qq.com", "lang=; Max-Age=0", "broken");
        assertThat(jar.version()).isEqualTo(first + 3);
    }

    @Test
    void isBounded() {
        store("wx.qq.com", "wxsid=s; Path=/");
        store("wx.qq.com", IntStream.range(0, 500).mapToObj(i -> "a" + i + "=1").toArray(String[]::new));
        assertThat(jar.snapshot()).hasSize(1 + Rfc6265CookieJar.MOST_PER_ANSWER);

        for (int n = 0; n < 5; n++) {
            int from = n * 1_000;
            store(
                    "wx.qq.com",
                    IntStream.range(from, from + 60)
                            .mapToObj(i -> "b" + i + "=1")
                            .toArray(String[]::new));
        }
        assertThat(jar.snapshot()).hasSize(Rfc6265CookieJar.MOST_COOKIES);
        store("wx.qq.com", "wxsid=renewed; Path=/");
        assertThat(jar.value("wxsid")).isEqualTo("renewed");
    }

    @Test
    void isBoundedInBytes() {
        store("wx.qq.com", "wxsid=s; Path=/", "long=" + "x".repeat(4_097));
        for (int i = 0; i < 40; i++) {
            store("wx.qq.com", "a" + i + "=" + "x".repeat(4_000));
        }

        int bytes = jar.snapshot().stream().mapToInt(c -> c.value().length()).sum();
        assertThat(bytes).isBetween(60_000, Rfc6265CookieJar.MOST_BYTES);
        assertThat(jar.value("long")).isNull();
        assertThat(jar.value("wxsid")).isEqualTo("s");
    }

    @Test
    void losesNothingWhenThePollAndACommandEndTogether() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        var start = new CountDownLatch(1);
        for (int t = 0; t < 4; t++) {
            String name = "t" + t;
            threads.submit(() -> {
                start.await();
                for (int i = 1; i <= 500; i++) {
                    store("wx.qq.com", name + "=" + i + "; Path=/");
                }
                return null;
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(jar.snapshot()).extracting(Cookie::value).containsExactly("500", "500", "500", "500");
        assertThat(jar.version()).isEqualTo(2_000);
    }

    @Test
    void doesNotPrintValues() {
        store("wx.qq.com", "wxsid=secret; Path=/");

        assertThat(jar.toString() + jar.snapshot() + SetCookie.parse("wxsid=secret"))
                .doesNotContain("secret");
    }
}
