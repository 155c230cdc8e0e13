package io.wxflux.control;

import io.wxflux.options.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: somebody who has the token, and no web page. A page of any site can make a browser of this machine
 * send requests here; it can name a host of its own that points here (DNS rebinding), but it can neither leave out
 * {@code Origin} in what matters, nor set {@code Authorization}, nor choose {@code Host}.
 */
final class Guard {
    private static final int WRONG_A_MINUTE = 5;
    private static final String SCHEME = "Bearer ";

    private final byte[] token;
    private final Clock clock;
    private final AtomicReference<Failures> failures = new AtomicReference<>(new Failures(0, 0));

    private record Failures(long minute, int count) {}

    Guard(Secret token, Clock clock) {
        this.token = token.reveal().getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /**
     * @param port at which it came in
     * @param origin present when a browser sends it
     * @throws Problem when it may not come in
     */
    void check(
            int port,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String authorization) {
        if (host == null || !isLoopback(host, port)) {
            throw Problem.of(
                    421,
                    "wrong-host",
                    "this endpoint answers to 127.0.0.1:" + port + ", localhost:" + port + " and [::1]:" + port
                            + " only",
                    "send the Host header that belongs to the URL");
        }
        if (origin != null || (site != null && !site.equals("none"))) {
            throw Problem.of(403, "no-browsers", "requests of web pages are refused", "use a program");
        }
        if (authorization == null
                || !authorization.startsWith(SCHEME)
                || !MessageDigest.isEqual(
                        token, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8))) {
            // The right token always passes: nobody can lock its owner out by guessing.
            throw tooMany()
                    ? Problem.of(429, "too-many-wrong-tokens", "too many wrong tokens", "wait for a minute")
                    : Problem.of(
                            401,
                            "wrong-token",
                            "the token is missing or wrong",
                            "send `Authorization: Bearer <token>`; it is in control.json of the state directory");
        }
    }

    private static boolean isLoopback(String host, int port) {
        return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port).contains(host);
    }

    private boolean tooMany() {
        long minute = clock.millis() / 60_000;
        return failures.updateAndGet(known -> known.minute == minute
                                ? new Failures(minute, known.count + 1)
                                : new Failures(minute, 1))
                        .count
                > WRONG_A_MINUTE;
    }
}
