package io.wxflux.internal.transport;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cookies of one account, after RFC 6265. Never shared between accounts. */
public interface CookieJar {
    /** The value of a cookie by name, wherever it belongs; null when there is none. */
    @Nullable
    String value(String name);

    /** Everything, for storing. */
    List<Cookie> snapshot();

    /** Replaces everything. */
    void restore(List<Cookie> cookies);

    /** Rises whenever a cookie was set, changed or removed: tells whether the stored session is stale. */
    long version();

    /**
     * A cookie as stored.
     *
     * @param domain lower case, no leading dot
     * @param hostOnly true when the server gave no Domain
     * @param expires null = until the session ends
     */
    record Cookie(
            String name,
            String value,
            String domain,
            boolean hostOnly,
            String path,
            boolean secure,
            @Nullable Instant expires) {
        @Override
        public String toString() {
            return "Cookie[" + name + " of " + domain + "]";
        }
    }
}
