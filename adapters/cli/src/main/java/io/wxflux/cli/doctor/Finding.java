package io.wxflux.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param text what was looked at and how it is, one line
 * @param remedy what to do about it, one line; null when there is nothing to do
 */
public record Finding(Level level, String text, @Nullable String remedy) {
    /** How much it matters. */
    public enum Level {
        /** As it should be. */
        OK,
        /** A run works, but not always or not for everybody. */
        WARN,
        /** A run does not work. */
        FAIL
    }

    static Finding ok(String text) {
        return new Finding(Level.OK, text, null);
    }

    static Finding warn(String text, String remedy) {
        return new Finding(Level.WARN, text, remedy);
    }

    static Finding fail(String text, String remedy) {
        return new Finding(Level.FAIL, text, remedy);
    }
}
