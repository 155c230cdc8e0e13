package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.CheckUrl;
import io.wxflux.internal.protocol.StatisticsReport;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.StatReport;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 6.3 and 12.4: statistics and the safe-link page. */
class AccountCallsContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    private CheckedUrl check(String url) {
        return Wire.await(CheckUrl.check(Wire.signedIn(wire.service()), url));
    }

    private void redirects(int status, String location) {
        wire.answer(aResponse().withStatus(status).withHeader("Location", location));
    }

    @Test
    void asksAboutALinkAsTheBrowserDoes() {
        wire.cookie("wxsid", "s1", "wx2.qq.com", false);
        redirects(302, "https://example.org/a?b=c&d=%E4%B8%AD#e");

        CheckedUrl checked = check("https://example.org/a?b=c&d=中#e");

        Seen seen = wire.seen().isGetOf(Wire.API, Wire.CGI + "webwxcheckurl");
        assertThat(seen.query())
                .containsExactly(
                        "requrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%3D%E4%B8%AD%23e",
                        "skey=%40crypt_0a_canary",
                        "deviceid=e#",
                        "pass_ticket=canary%252Bticket%252F%253D",
                        "opcode=2",
                        "scene=1",
                        "username=%40self");
        assertThat(seen.header("Cookie")).isEqualTo("wxsid=s1");
        assertThat(checked).isEqualTo(new CheckedUrl.GoesTo(URI.create("https://example.org/a?b=c&d=%E4%B8%AD#e")));
    }

    /** The page's own host serves the test as well: had anybody gone there, it would have been seen. */
    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void whereItLeadsNobodyGoes(int status) {
        redirects(status, "https://wx.qq.com/warning?u=1|2");

        assertThat(check("http://example.org/"))
                .isEqualTo(new CheckedUrl.GoesTo(URI.create("https://wx.qq.com/warning?u=1%7C2")));
        assertThat(wire.allSeen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "weixin://dl/business",
                "file:///etc/passwd",
                "/relative",
                "//example.org/",
                "https:",
                "https:example.org",
                "http://[::1"
            })
    void whatIsNoAddressOfTheWebIsNotGiven(String location) {
        redirects(302, location);

        assertThat(check("https://example.org/"))
                .isEqualTo(new CheckedUrl.Stops("the service sends the reader on, but to no http or https address"));
    }

    @Test
    void aRedirectToNowhereStops() {
        wire.answer(aResponse().withStatus(302));

        assertThat(check("https://example.org/")).isInstanceOf(CheckedUrl.Stops.class);
    }

    @Test
    void aPageOfTheServiceStops() {
        wire.answer("<html>已停止访问该网页</html>");

        assertThat(check("https://example.org/"))
                .isEqualTo(new CheckedUrl.Stops("the service shows a page of its own, HTTP status 200"));
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 400, 403, 404})
    void anyOtherStatusIsNoVerdict(int status) {
        wire.answer(aResponse().withStatus(status));

        assertThat(Wire.failure(CheckUrl.check(Wire.signedIn(wire.service()), "https://example.org/")))
                .isExactlyInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("webwxcheckurl");
    }

    @Test
    void reportsWithoutTheSkey() {
        wire.answer(Wire.ret(0));

        Wire.await(StatisticsReport.report(
                Wire.signedIn(wire.service()),
                List.of(new StatReport(1, "{\"type\":\"[x]\"}"), new StatReport(16, "二"))));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxstatreport");
        assertThat(seen.query()).containsExactly("fun=new", "lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo("{\"BaseRequest\":{\"Uin\":3000000007,\"Sid\":\"canarySid+/1==\"},\"Count\":2,\"List\":["
                        + "{\"Type\":1,\"Text\":\"{\\\"type\\\":\\\"[x]\\\"}\"},{\"Type\":16,\"Text\":\"二\"}]}");
    }

    @Test
    void anEmptyReportIsOne() {
        wire.answer(Wire.ret(0));

        Wire.await(StatisticsReport.report(Wire.signedIn(wire.service()), List.of()));

        assertThat(wire.seen().body()).endsWith("\"Count\":0,\"List\":[]}");
    }
}
