package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request as it arrived. */
record Seen(LoggedRequest request) {
    String line() {
        return request.getMethod() + " https://" + header("Host") + path();
    }

    String path() {
        String url = request.getUrl();
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** In order, encoded as it was; ids made of random digits as {@code e#}. */
    List<String> query() {
        String url = request.getUrl();
        int query = url.indexOf('?');
        return query < 0
                ? List.of()
                : List.of(withoutDevice(url.substring(query + 1)).split("&", -1));
    }

    /** Still encoded. */
    String query(String name) {
        return query().stream()
                .filter(field -> field.startsWith(name + "="))
                .findFirst()
                .map(field -> field.substring(name.length() + 1))
                .orElse(null);
    }

    /** Null when there is none. */
    String header(String name) {
        return request.getHeader(name);
    }

    /** As UTF-8; ids made of random digits as {@code e#}. */
    String body() {
        return withoutDevice(new String(request.getBody(), StandardCharsets.UTF_8));
    }

    private static String withoutDevice(String text) {
        return text.replaceAll("(?<=deviceid=|\"DeviceID\":\")e\\d{15}(?!\\d)", "e#");
    }

    /** What a script or a fetch of the browser's page on the host shows. */
    Seen isGetOf(String host, String path) {
        assertThat(line()).isEqualTo("GET https://" + host + path);
        assertThat(header("Origin")).isNull();
        assertThat(header("Content-Type")).isNull();
        assertThat(header("Content-Length")).isNull();
        assertThat(request.getBody()).isEmpty();
        return this;
    }

    /** A POST of JSON by the page on the api host, to itself. */
    Seen isJsonOf(String host, String path) {
        assertThat(line()).isEqualTo("POST https://" + host + path);
        assertThat(header("Referer")).isEqualTo("https://" + host + "/?&lang=zh_CN");
        assertThat(header("Origin")).isEqualTo("https://" + host);
        assertThat(header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(header("Content-Length")).isEqualTo(Integer.toString(request.getBody().length));
        assertThat(header("Transfer-Encoding")).isNull();
        return this;
    }
}
