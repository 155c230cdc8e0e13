package io.wxflux.internal.pipeline;

import io.wxflux.internal.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The hosts that do not know a session, as they said themselves: in an outage they would be asked in every attempt. */
final class Strangers {
    /** Which host serves whom may change, if seldom. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private volatile @Nullable Session session;

    /** Host and when it said so, in nanoseconds of no known origin. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    boolean has(Session session, String host, long now) {
        Long since = session == this.session ? told.get(host) : null;
        return since != null && now - since < REMEMBERED.toNanos();
    }

    void add(Session session, String host, long now) {
        if (session != this.session) {
            told.clear();
            this.session = session;
        }
        told.put(host, now);
    }
}
