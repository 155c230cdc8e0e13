package io.wxflux.options;

import java.time.Duration;

/**
 * Bounds of signing in.
 *
 * @param maxQrCodes QR codes shown in one login before the account waits for its owner; 1 to 50, default 5
 * @param maxQrCodesPerHour QR codes in any hour, over restarts too; 1 to 120, default 12
 * @param concurrentLogins accounts that sign in or resume at the same time; 1 to 1,000, default 20
 * @param language {@code zh_CN} or {@code en_US}: of error texts and system messages
 * @param pushLogin whether a known account is first asked on the phone, without a code; default true
 * @param pushWait how long the phone's answer is awaited before a code is shown; default 2 min
 * @param minLoginInterval from one login of an account to the next, over restarts too; zero to an hour, default 10 s. To
 *     resume a session is no login
 * @param maxLoginsPerHour logins of one account in any hour, over restarts too; 1 to 120, default 6
 * @param startsPerSecond accounts that begin to sign in or resume in any second; 1 to 10,000, default 200
 */
public record LoginOptions(
        int maxQrCodes,
        int maxQrCodesPerHour,
        int concurrentLogins,
        String language,
        boolean pushLogin,
        Duration pushWait,
        Duration minLoginInterval,
        int maxLoginsPerHour,
        int startsPerSecond) {
    public LoginOptions {
        within("maxQrCodes", maxQrCodes, 1, 50);
        within("maxQrCodesPerHour", maxQrCodesPerHour, 1, 120);
        within("concurrentLogins", concurrentLogins, 1, 1_000);
        if (!language.equals("zh_CN") && !language.equals("en_US")) {
            throw new IllegalArgumentException("language is zh_CN or en_US");
        }
        if (pushWait.isNegative() || pushWait.isZero()) {
            throw new IllegalArgumentException("pushWait must be longer than zero");
        }
        if (minLoginInterval.isNegative() || minLoginInterval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("minLoginInterval is zero to one hour");
        }
        within("maxLoginsPerHour", maxLoginsPerHour, 1, 120);
        within("startsPerSecond", startsPerSecond, 1, 10_000);
    }

    public static LoginOptions defaults() {
        return new LoginOptions(5, 12, 20, "zh_CN", true, Duration.ofMinutes(2), Duration.ofSeconds(10), 6, 200);
    }

    public LoginOptions withMaxQrCodes(int most) {
        return new LoginOptions(
                most,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                pushLogin,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withMaxQrCodesPerHour(int most) {
        return new LoginOptions(
                maxQrCodes,
                most,
                concurrentLogins,
                language,
                pushLogin,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withConcurrentLogins(int most) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                most,
                language,
                pushLogin,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withLanguage(String value) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                value,
                pushLogin,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withPushLogin(boolean first) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                first,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withPushWait(Duration wait) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                pushLogin,
                wait,
                minLoginInterval,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withMinLoginInterval(Duration least) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                pushLogin,
                pushWait,
                least,
                maxLoginsPerHour,
                startsPerSecond);
    }

    public LoginOptions withMaxLoginsPerHour(int most) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                pushLogin,
                pushWait,
                minLoginInterval,
                most,
                startsPerSecond);
    }

    public LoginOptions withStartsPerSecond(int most) {
        return new LoginOptions(
                maxQrCodes,
                maxQrCodesPerHour,
                concurrentLogins,
                language,
                pushLogin,
                pushWait,
                minLoginInterval,
                maxLoginsPerHour,
                most);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
