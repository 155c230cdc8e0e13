package io.wxflux.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An answer, before any fault damages it. */
record Reply(int status, String contentType, Map<String, String> headers, List<String> setCookies, byte[] body) {

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, contentType, Map.of(), List.of(), body);
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

    Reply withStatus(int code) {
        return new Reply(code, contentType, headers, setCookies, body);
    }

    Reply withCookies(List<String> cookies) {
        return new Reply(status, contentType, headers, cookies, body);
    }

    Reply withHeader(String name, String value) {
        return new Reply(status, contentType, Map.of(name, value), setCookies, body);
    }

    Reply withBody(byte[] bytes) {
        return new Reply(status, contentType, headers, setCookies, bytes);
    }
}
