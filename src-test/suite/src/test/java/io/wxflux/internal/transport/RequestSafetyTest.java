package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.internal.transport.HttpCall.Builder;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not go out does not: not one connection is opened for it. */
class RequestSafetyTest extends ExchangeFixture {
    private void refused(Builder call, String words) {
        assertThatThrownBy(() -> send(call.on(Lane.COMMAND, Duration.ofSeconds(5), 100)))
                .isInstanceOf(HostUnreachableException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("nothing was sent")
                .hasMessageNotContaining("evil-value");
        assertThat(server.accepted).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "wx.qq.com.evil.example",
                "127.0.0.1",
                "localhost",
                "qq.com",
                "www.qq.com",
                "WX.QQ.COM",
                "wx.qq.com.",
                "wx.qq.com:443",
                "x@wx.qq.com",
                ""
            })
    void toAHostOutsideTheFamilies(String host) {
        refused(HttpCall.get("test", host, PATH), "no host of web WeChat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil-value\r\nX: y",
                "evil-value\n",
                "\revil-value",
                "evil-value\u0000",
                "evil-value\u007f",
                "evil-value é"
            })
    void withAControlCharacterInAHeader(String value) {
        refused(HttpCall.get("test", HOST, PATH).header("Referer", value), "no header may hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X y", "X:", "", "X\r\nY", "Ü"})
    void withABrokenHeaderName(String name) {
        refused(HttpCall.get("test", HOST, PATH).header(name, "evil-value"), "no header may hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "cookie", "Content-Length", "TRANSFER-ENCODING", "Connection", "Accept-Encoding"})
    void withAHeaderThatIsNotTheCallersToSet(String name) {
        refused(HttpCall.get("test", HOST, PATH).header(name, "evil-value"), "only the transport sets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/a b", "/a\r\nX: evil-value", "/a?evil-value", "/a#b", "/\u0000", "/é"})
    void withABrokenPath(String path) {
        refused(HttpCall.get("test", HOST, path), "path");
    }

    @Test
    void queryValuesCannotEndTheRequestLine() {
        send(HttpCall.get("test", HOST, PATH)
                .query("a\r\n", "b HTTP/1.1\r\nX-Smuggled: c\r\n\r\n")
                .on(Lane.COMMAND, Duration.ofSeconds(5), 100));

        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.header("X-Smuggled")).isNull();
            assertThat(request.line()).contains("?a%0D%0A=b%20HTTP%2F1.1%0D%0AX-Smuggled%3A%20c%0D%0A%0D%0A HTTP/1.1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "203.205.151.1, true",
        "2a00:1450::1, true",
        "198.18.0.1, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "0.0.0.0, false",
        "0.1.2.3, false",
        "224.0.0.1, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fc00::1, false",
        "fd12::1, false",
        "fec0::1, false",
        "ff02::1, false",
        "::ffff:127.0.0.1, false",
        "::ffff:10.0.0.1, false"
    })
    void publicNamesLeadToPublicAddressesOnly(String address, boolean open) throws Exception {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isEqualTo(open);
    }
}
