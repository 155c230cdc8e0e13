package io.wxflux.internal.transport;

import java.util.List;

/** What the transport does with a jar, for tests that bring a transport of their own. */
public final class JarProbe {
    private JarProbe() {}

    /** @param date the answer's Date header */
    public static void store(Rfc6265CookieJar jar, String host, String path, List<String> setCookies, String date) {
        jar.store(host, path, setCookies, date);
    }

    public static String header(Rfc6265CookieJar jar, String host, String path) {
        return jar.header(host, path);
    }
}
