package io.wxflux.model;

/**
 * Something in a message that works like a key: a ticket, a media id, the key of a file. Never printed and never part of
 * an event outside the JVM; {@link #reveal()} is called where a request is written.
 */
public final class Concealed {
    public static final Concealed NONE = new Concealed("");

    private final String value;

    private Concealed(String value) {
        this.value = value;
    }

    public static Concealed of(String value) {
        return value.isEmpty() ? NONE : new Concealed(value);
    }

    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Concealed concealed && value.equals(concealed.value);
    }

    /** The same for all: a hash of the value would be a way to guess it. */
    @Override
    public int hashCode() {
        return 0;
    }

    /** The same for all, of whatever length. */
    @Override
    public String toString() {
        return "***";
    }
}
