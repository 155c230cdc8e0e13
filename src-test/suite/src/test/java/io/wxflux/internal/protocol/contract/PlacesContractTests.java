package io.wxflux.internal.protocol.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.error.Remedy;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.Places;
import io.wxflux.model.Coordinates;
import io.wxflux.model.Place;
import io.wxflux.model.PlaceMessage;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL 3 and 9.3: the page behind a location of the old form. */
class PlacesContractTests {
    private static final Charset GBK = Charset.forName("GBK");
    private static final String PAGE = "http://weixin.qq.com/cgi-bin/redirectforward?args=canary%2B1&name=%B9%E3";
    private static final String LABEL = "广州市海珠区新港中路397号";

    @RegisterExtension
    final Wire wire = new Wire();

    @BeforeEach
    void signedInEverywhere() {
        wire.cookie("wxsid", "canarySid", "qq.com", false);
        wire.cookie("wxuin", "canaryUin", "weixin.qq.com", true);
    }

    private Place read(String url) {
        return Wire.await(Places.read(wire.service(), url));
    }

    private WxfluxException failure(String url) {
        return Wire.failure(Places.read(wire.service(), url));
    }

    private static ResponseDefinitionBuilder page(String html) {
        return aResponse().withHeader("Content-Type", "text/html").withBody(html.getBytes(GBK));
    }

    private static ResponseDefinitionBuilder to(String location) {
        return aResponse().withStatus(302).withHeader("Location", location);
    }

    @Test
    void isReadAsGbkByNobodyInParticular() {
        wire.answer(page("<html><head><TITLE>\n " + LABEL + " &amp; 旁\n</TITLE></head></html>")
                .withHeader("Set-Cookie", "wxsid=stolen; Domain=qq.com; Path=/"));

        assertThat(read(PAGE)).isEqualTo(new Place(LABEL + " & 旁", null, PAGE));

        Seen seen = wire.seen().isGetOf("weixin.qq.com", "/cgi-bin/redirectforward");
        assertThat(seen.query()).containsExactly("args=canary%2B1", "name=%B9%E3");
        assertThat(seen.header("Cookie")).isNull();
        assertThat(seen.header("Referer")).isNull();
        assertThat(wire.cookies().value("wxsid")).isEqualTo("canarySid");
    }

    @Test
    void aDeclaredCharsetIsBelieved() {
        byte[] utf8 = ("<title>" + LABEL + "</title>").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        wire.answer(aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody(utf8));
        assertThat(read(PAGE).label()).isEqualTo(LABEL);
        wire.answer(aResponse()
                .withBody(("<meta charset='UTF-8'><title>" + LABEL + "</title>")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(read(PAGE).label()).isEqualTo(LABEL);
        wire.answer(page("<meta content=\"text/html; charset=no-such\"><title>" + LABEL + "</title>"));
        assertThat(read(PAGE).label()).isEqualTo(LABEL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<title>x</title><script>var m = {center: '23.1,113.3'}</script>",
                "<title></title><meta name=\"description\" content=\"x\">{\"lng\": \"113.3\", \"lat\": \"23.1\"}",
                "<title>x</title><a href='http://map.qq.com/?coord=23.1%2C113.3&z=1'>",
                "<title>x</title>pointx=113.3&pointy=23.1",
                "<title>x</title>coord=91,181 coord=23.1,113.3",
            })
    void coordinatesAreTakenWhereverThePageHasThem(String html) {
        wire.answer(page(html));
        assertThat(read(PAGE)).isEqualTo(new Place("x", new Coordinates(23.1, 113.3), PAGE));
    }

    @Test
    void redirectsAreFollowedToMapPagesAndTellCoordinates() {
        wire.answers(
                to("//apis.map.qq.com/uri/v1/geocoder?coord=-23.1,113.3&referer=wx"),
                to("?name=\u00b9\u00e3&next=1"),
                page("<title>" + LABEL + "</title>"));

        assertThat(read(PAGE)).isEqualTo(new Place(LABEL, new Coordinates(-23.1, 113.3), PAGE));

        List<Seen> all = wire.allSeen();
        assertThat(all)
                .hasSize(3)
                .allSatisfy(seen -> assertThat(seen.header("Cookie")).isNull());
        assertThat(all.get(1).line()).isEqualTo("GET https://apis.map.qq.com/uri/v1/geocoder");
        assertThat(all.get(1).query("coord")).isEqualTo("-23.1%2C113.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/canary",
                "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxlogout",
                "https://weixin.qq.com.evil.example/",
                "https://user@weixin.qq.com/canary",
                "https://weixin.qq.com:8443/canary",
                "https://127.0.0.1/",
                "file:///etc/canary",
                "javascript:canary",
                "https:///canary",
                "https://weixin.qq.com/%zz",
            })
    void nobodyElseIsAsked(String elsewhere) {
        wire.answer(to(elsewhere));
        assertThat(failure(PAGE))
                .isInstanceOf(MediaUnavailableException.class)
                .hasMessageContaining("none of WeChat's");
        assertThat(wire.allSeen()).hasSize(1);
        WxfluxException error = failure(elsewhere);
        assertThat(error).isInstanceOf(MediaUnavailableException.class);
        assertThat(error.remedy()).isEqualTo(Remedy.STOP);
        assertThat(wire.allSeen()).hasSize(1);
    }

    @Test
    void anEndlessRowOfRedirectsIsGivenUp() {
        wire.answer(to(PAGE));
        assertThat(failure(PAGE)).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("on and on");
        assertThat(wire.allSeen()).hasSize(4);
    }

    @Test
    void whatTellsNothingIsAnErrorOfItsKind() {
        wire.answer(page("<html><title> </title></html>"));
        assertThat(failure(PAGE)).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("no place");
        wire.answer(aResponse().withStatus(404).withBody("<title>canary</title>"));
        assertThat(failure(PAGE)).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("404");
        wire.answer(aResponse().withStatus(301));
        assertThat(failure(PAGE)).isInstanceOf(MediaUnavailableException.class).hasMessageContaining("301");
        wire.answer(aResponse().withStatus(503));
        assertThat(failure(PAGE)).isInstanceOf(HostUnreachableException.class);
        wire.answer(page("<title>" + "x".repeat(256 * 1024)));
        assertThat(failure(PAGE)).isInstanceOf(HostUnreachableException.class).hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<meta ", "<title>", "coord=", "coord=1,", " ", "lat:", "content='"})
    void noPageIsReadForLong(String piece) {
        wire.answer(page("<title>x</title>center=" + piece.repeat(250_000 / piece.length())));
        long begun = System.nanoTime();
        assertThat(read(PAGE).label()).isEqualTo("x");
        wire.answer(page("center=" + piece.repeat(250_000 / piece.length())));
        assertThat(failure(PAGE)).isInstanceOf(MediaUnavailableException.class);
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void usualLocationsTellItThemselves() {
        var there = new Coordinates(1, 2);
        assertThat(Places.told(new PlaceMessage.Location.Details(there, "L", "P", "http://m/", 3, "")))
                .isEqualTo(new Place("L", there, "http://m/"));
        assertThat(Places.told(new PlaceMessage.Location.Details(null, "", "P", "", 0, "")))
                .isEqualTo(new Place("P", null, ""));
        assertThat(Places.told(new PlaceMessage.Location.Details(null, "", "", PAGE, 0, "")))
                .isNull();
        assertThat(new Place("canary", there, "canary").toString()).doesNotContain("canary");
    }
}
