package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpCall.Lane;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Addresses that a service, or somebody in its place, could send a confirmed login to. Every name leads to the server of
 * this test, so that whatever went out would be seen: nothing does, at any of the places where an address is read, nor at
 * the one that opens connections.
 */
class HostileRedirectTest extends ExchangeFixture {
    private static final String LOGIN =
            RedirectUri.PATH + "?ticket=A1@qrticket_0&uuid=abc==&lang=zh_CN&scan=1446530000";
    private static final List<String> FAMILIES =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com");

    private static Set<String> bad() {
        Set<String> all = new LinkedHashSet<>();
        for (String host : FAMILIES) {
            String parent = host.endsWith("qq.com") ? "qq.com" : "wechat.com";
            for (String other : List.of(
                    host + ".evil.example",
                    host + "evil.example",
                    "evil" + host,
                    "evil-" + host,
                    "evil." + host,
                    "evil" + parent,
                    parent + ".evil.example",
                    host + ".",
                    host + "..",
                    "." + host,
                    host.replace(".", ".."),
                    host.replace('.', '\u3002'),
                    host.replace('.', '\uff0e'),
                    host.replace("w", "\uff57"),
                    host.replace("e", "\u0435").replace("q", "\u051b"),
                    host.replace(".", "%2e"),
                    host + "%00",
                    host + "%0d%0aHost:evil.example",
                    host + "%2f@evil.example",
                    host + "%23@evil.example",
                    "evil.example%2f" + host,
                    host + "@evil.example",
                    host + ":443@evil.example",
                    "evil.example:443@" + host,
                    "user@" + host,
                    "user:word@" + host,
                    "@" + host,
                    host + ":",
                    host + ":0",
                    host + ":80",
                    host + ":8443",
                    host + ":65536",
                    host + ":-443",
                    host + ":443:80",
                    host + ":443evil",
                    host + "\\evil.example",
                    host + "\\.evil.example",
                    host + ";evil.example",
                    host + ",evil.example",
                    host + " evil.example",
                    host + "\tevil.example",
                    host + "\nevil.example",
                    host + "\r\nHost: evil.example",
                    host + "\u0000evil.example",
                    host + "\u00adevil.example",
                    "[" + host + "]",
                    "{" + host + "}",
                    "xn--" + host)) {
                // Only the final dot is one and the same name.
                if (!other.equals(host + ".")) {
                    all.add("https://" + other + LOGIN);
                }
            }
            for (String start : List.of(
                    "http://",
                    "HTTP://",
                    "ftp://",
                    "ws://",
                    "wss://",
                    "file://",
                    "gopher://",
                    "jar:https://",
                    "javascript://",
                    "data://",
                    "//",
                    "/\\",
                    "\\\\",
                    "https:",
                    "https:/",
                    "https:///",
                    "https:////",
                    "https:\\\\",
                    "https://evil.example/https://",
                    "https:// ",
                    " https://",
                    "\thttps://",
                    "https\u0000://",
                    "hTTps\u017f://",
                    "url:https://",
                    "view-source:https://",
                    "")) {
                all.add(start + host + LOGIN);
            }
        }
        for (String address : List.of(
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.1.",
                "127.000.000.001",
                "10.0.0.1",
                "192.168.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "0",
                "255.255.255.255",
                "203.0.113.9",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:0:0:1]",
                "[fe80::1%25lo]",
                "[fc00::1]",
                "[64:ff9b::7f00:1]",
                "localhost",
                "localhost.localdomain",
                "\uff11\uff12\uff17.0.0.1",
                "\u2460\u2461\u2466.0.0.1",
                "metadata",
                "evil.example",
                "com",
                "qq",
                "qq.com",
                "wechat.com.cn",
                "")) {
            all.add("https://" + address + LOGIN);
        }
        return all;
    }

    @Test
    void nobodyIsAskedWhereABadAddressLeads() {
        Set<String> bad = bad();
        assertThat(bad).hasSizeGreaterThanOrEqualTo(200);
        PageAddress page = new PageAddress(HOST, RedirectUri.PATH, List.of());
        for (String text : bad) {
            assertThatThrownBy(() -> RedirectUri.parse(text))
                    .as(text)
                    .isInstanceOf(ProtocolViolationException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("qrticket");
            staysAtHome(page, text);
            for (String host : hosts(text)) {
                if (!HostFamily.isKnown(host)) {
                    assertThatThrownBy(() ->
                                    send(HttpCall.get("test", host, PATH).on(Lane.LOGIN, Duration.ofSeconds(5), 100)))
                            .as(host)
                            .isInstanceOf(HostUnreachableException.class)
                            .hasMessageContaining("nothing was sent");
                }
            }
        }
        assertThat(server.accepted).as("connections").hasValue(0);
    }

    /** A Location may be relative; wherever it leads, it is by https to one of the families. */
    private static void staysAtHome(PageAddress page, String location) {
        try {
            PageAddress next = page.follow(location);
            assertThat(next.host()).as(location).isIn(FAMILIES);
            assertThat(next.path()).as(location).startsWith("/");
        } catch (ProtocolViolationException refused) {
            assertThat(refused).hasNoCause();
        }
    }

    /** Whatever somebody could take for the host. */
    private static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        int start = text.indexOf("//");
        String rest = start < 0 ? text : text.substring(start + 2);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        hosts.add(authority);
        hosts.add(authority.substring(authority.lastIndexOf('@') + 1));
        hosts.add(authority.replaceAll(":.*", ""));
        hosts.add(authority.replace('\u3002', '.').replace('\uff0e', '.'));
        try {
            String parsed = new URI(text).getHost();
            hosts.add(parsed == null ? "" : parsed);
        } catch (URISyntaxException none) {
            hosts.add(text);
        }
        return hosts;
    }

    @Test
    void tenGoodOnesOfTheFamiliesAreAccepted() {
        for (String host : FAMILIES) {
            assertThat(RedirectUri.parse("https://" + host + LOGIN).host()).isEqualTo(host);
            assertThat(RedirectUri.parse("https://" + host + ":443" + LOGIN).host())
                    .isEqualTo(host);
        }
    }
}
