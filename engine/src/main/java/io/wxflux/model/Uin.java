package io.wxflux.model;

/**
 * The number by which the service knows an account; the one identifier that stays the same over all logins.
 *
 * @param value positive
 */
public record Uin(long value) {
    public Uin {
        if (value <= 0) {
            throw new IllegalArgumentException("a uin is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
