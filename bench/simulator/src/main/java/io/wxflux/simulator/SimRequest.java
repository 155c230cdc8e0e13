package io.wxflux.simulator;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request, read whole. */
final class SimRequest {

    private final String method;
    private final String host;
    private final String path;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> cookies;
    private final HttpHeaders headers;
    private final byte[] body;
    private final boolean tooLong;
    private final Channel channel;
    private @Nullable JsonNode json;

    SimRequest(
            String method,
            String host,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> cookies,
            HttpHeaders headers,
            byte[] body,
            boolean tooLong,
            Channel channel) {
        this.method = method;
        this.host = host;
        this.path = path;
        this.query = query;
        this.cookies = cookies;
        this.headers = headers;
        this.body = body;
        this.tooLong = tooLong;
        this.channel = channel;
    }

    String method() {
        return method;
    }

    /** The Host header without its port, in lower case. */
    String host() {
        return host;
    }

    String path() {
        return path;
    }

    /** The last part of the path. */
    String call() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A query parameter, empty when it is missing. */
    String query(String name) {
        List<String> values = query.get(name);
        return values == null ? "" : values.get(0);
    }

    boolean hasQuery(String name) {
        return query.containsKey(name);
    }

    /** Every value of a cookie; a confused client may send several. */
    List<String> cookies(String name) {
        return cookies.getOrDefault(name, List.of());
    }

    String cookie(String name) {
        List<String> values = cookies(name);
        return values.isEmpty() ? "" : values.get(0);
    }

    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    byte[] body() {
        return body;
    }

    /** Whether more came than any call needs; the rest was thrown away. */
    boolean isTooLong() {
        return tooLong;
    }

    JsonNode json() {
        JsonNode node = json;
        if (node == null) {
            node = header("Content-Type").startsWith("multipart/") ? Json.none() : Json.read(body);
            json = node;
        }
        return node;
    }

    Channel channel() {
        return channel;
    }
}
