package io.wxflux.internal.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request. Names and sizes print, values do not: most of them are secrets.
 *
 * @param operation what it is for, such as {@code synccheck}: used in logs and error messages
 * @param lane which of the account's connections it may use
 * @param method GET or POST
 * @param host real host name; never an address
 * @param path from the slash on, without query
 * @param query in order; values not yet encoded; of the public lane, each character stands for one byte
 * @param headers additional ones, in order
 * @param body null = none
 * @param contentType of the body
 * @param deadline total, from subscription to the last byte
 * @param maxBody most decoded bytes of the answer
 */
public record HttpCall(
        String operation,
        Lane lane,
        String method,
        String host,
        String path,
        List<Field> query,
        List<Field> headers,
        byte @Nullable [] body,
        String contentType,
        Duration deadline,
        int maxBody) {
    /** A name and its value, both unencoded. */
    public record Field(String name, String value) {
        @Override
        public String toString() {
            return name + "=***";
        }
    }

    /** Which connections a call may use, and what becomes of them after it. */
    public enum Lane {
        /** Closed after use. */
        LOGIN,
        /** The long poll's own. */
        POLL,
        /** webwxsync's own: neither commands nor transfers can keep it waiting. */
        CYCLE,
        /** Kept for 10 s of idleness. */
        COMMAND,
        /** Pieces of files on their way up. */
        UPLOAD,
        /** Files on their way down, which may be read slowly. */
        MEDIA,
        /** Pages that anybody may see: no cookie goes out or is taken. Closed after use. */
        PUBLIC;

        boolean isOnce() {
            return this == LOGIN || this == PUBLIC;
        }
    }

    public static Builder get(String operation, String host, String path) {
        return new Builder(operation, "GET", host, path);
    }

    /** A POST of something else than JSON. */
    public static Builder post(String operation, String host, String path, byte[] body, String contentType) {
        var builder = post(operation, host, path, body);
        builder.contentType = contentType;
        return builder;
    }

    public static Builder post(String operation, String host, String path, byte[] json) {
        var builder = new Builder(operation, "POST", host, path);
        builder.body = json;
        return builder;
    }

    @Override
    public String toString() {
        return operation + " " + method + " https://" + host + path;
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String operation;
        private final String method;
        private final String host;
        private final String path;
        private final List<Field> query = new ArrayList<>();
        private final List<Field> headers = new ArrayList<>();
        private byte @Nullable [] body;
        private String contentType = "application/json;charset=UTF-8";

        private Builder(String operation, String method, String host, String path) {
            this.operation = operation;
            this.method = method;
            this.host = host;
            this.path = path;
        }

        public Builder query(String name, String value) {
            query.add(new Field(name, value));
            return this;
        }

        public Builder query(String name, long value) {
            return query(name, Long.toString(value));
        }

        public Builder header(String name, String value) {
            headers.add(new Field(name, value));
            return this;
        }

        public Builder form(String encoded) {
            body = encoded.getBytes(StandardCharsets.UTF_8);
            contentType = "application/x-www-form-urlencoded";
            return this;
        }

        public HttpCall on(Lane lane, Duration deadline, int maxBody) {
            return new HttpCall(
                    operation,
                    lane,
                    method,
                    host,
                    path,
                    List.copyOf(query),
                    List.copyOf(headers),
                    body,
                    contentType,
                    deadline,
                    maxBody);
        }
    }
}
