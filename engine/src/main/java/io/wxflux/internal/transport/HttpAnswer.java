package io.wxflux.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * A whole answer. Its cookies are in the jar already.
 *
 * @param status as sent; 0 occurs (PROTOCOL 18.1)
 * @param location the Location header; null when there is none
 * @param contentType as sent; empty when there is none
 * @param body decoded, complete, within the call's limit
 */
public record HttpAnswer(int status, @Nullable String location, String contentType, byte[] body) {
    public HttpAnswer(int status, @Nullable String location, byte[] body) {
        this(status, location, "", body);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
