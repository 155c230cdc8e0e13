package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer, before any fault damages it. */
record Reply(
        int status,
        String contentType,
        Map<String, String> headers,
        List<String> setCookies,
        byte[] body,
        @Nullable Part part) {

    /** A piece of something large, sent while it is read. */
    record Part(Content content, long from, long to) {}

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, contentType, Map.of(), List.of(), body, null);
    }

    /** JSON, labelled as the service labels it. */
    static Reply json(Object value) {
        return of(200, "text/plain", Json.bytes(value));
    }

    /** The usual answer of a call that has nothing to say but its code. */
    static Reply ret(int ret) {
        return json(Json.object("BaseResponse", Json.baseResponse(ret)));
    }

    static Reply script(String text) {
        return of(200, "text/javascript", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply syncCheck(int retcode, int selector) {
        return script("window.synccheck={retcode:\"" + retcode + "\",selector:\"" + selector + "\"}");
    }

    static Reply html(int status, String text) {
        return of(status, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Part of something large. */
    static Reply part(int status, Content content, long from, long to) {
        return new Reply(status, content.contentType(), Map.of(), List.of(), new byte[0], new Part(content, from, to));
    }

    long length() {
        return part == null ? body.length : part.to() - part.from();
    }

    Reply withStatus(int code) {
        return new Reply(code, contentType, headers, setCookies, body, part);
    }

    Reply withCookies(List<String> cookies) {
        return new Reply(status, contentType, headers, cookies, body, part);
    }

    Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, setCookies, body, part);
    }

    Reply withBody(byte[] bytes) {
        return new Reply(status, contentType, headers, setCookies, bytes, null);
    }
}
