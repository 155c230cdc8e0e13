package io.wxflux.options;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that never prints. {@link #reveal()} is the only way to it; it is called where a request is written. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for all secrets: a hash of the value would be a way to guess it. */
    @Override
    public int hashCode() {
        return 0;
    }

    /** The same for all secrets, of whatever length. */
    @Override
    public String toString() {
        return "***";
    }
}
