package io.wxflux.options;

/**
 * A native library that was asked for and cannot be used.
 *
 * @param key of the configuration that asks for it, such as {@code http.tls}
 * @param problem what is wrong
 * @param remedy what to do about it; names the artifact with its version
 */
public record MissingLibrary(String key, String problem, String remedy) {
    /** All of it in one line. */
    public String text() {
        return key + ": " + problem + ": " + remedy;
    }
}
