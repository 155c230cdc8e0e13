package io.wxflux.simulator;

import java.time.Duration;

/**
 * How often an operation may come before it is refused with 1205.
 *
 * @param call the last part of a path such as {@code webwxverifyuser}, or its beginning and a star: {@code webwxsend*}, whose
 *     calls then count together
 * @param account the account's name; empty for every account, each for itself
 * @param count how many are let through within the window
 * @param window the time that matters
 */
public record RateLimit(String call, String account, int count, Duration window) {

    /**
     * {@return a limit for every account}
     *
     * @param call see {@link #call()}
     * @param count see {@link #count()}
     * @param window see {@link #window()}
     */
    public static RateLimit of(String call, int count, Duration window) {
        return new RateLimit(call, "", count, window);
    }

    /**
     * {@return a copy for one account only}
     *
     * @param name the account's name
     */
    public RateLimit withAccount(String name) {
        return new RateLimit(call, name, count, window);
    }

    boolean matches(String ofAccount, String ofCall) {
        boolean called =
                call.endsWith("*") ? ofCall.startsWith(call.substring(0, call.length() - 1)) : call.equals(ofCall);
        return called && (account.isEmpty() || account.equals(ofAccount));
    }
}
