package io.wxflux.model;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, worked out when somebody first asks and kept from then on. Thread-safe without a lock: two who
 * ask at once may both work it out, with the same result.
 *
 * <p>It follows from the parts of the message beside it, so it says nothing about equality: all are equal.
 *
 * @param <D> the details of one kind
 */
public final class Lazily<D> {
    private volatile @Nullable Supplier<Outcome<D>> work;
    private volatile @Nullable Outcome<D> outcome;

    private Lazily(@Nullable Supplier<Outcome<D>> work, @Nullable Outcome<D> outcome) {
        this.work = work;
        this.outcome = outcome;
    }

    /** @param work must not throw, and must give equal results when called again */
    public static <D> Lazily<D> by(Supplier<Outcome<D>> work) {
        return new Lazily<>(work, null);
    }

    /** For what is known already. */
    public static <D> Lazily<D> of(D value) {
        return new Lazily<>(null, new Outcome<>(value, null));
    }

    public D value() {
        return outcome().value();
    }

    /** What could not be decoded, in plain words; null when everything could. */
    public @Nullable String note() {
        return outcome().note();
    }

    private Outcome<D> outcome() {
        Outcome<D> known = outcome;
        if (known != null) {
            return known;
        }
        Supplier<Outcome<D>> todo = work;
        if (todo == null) {
            // Somebody else finished between the two reads; the outcome is written first.
            return Objects.requireNonNull(outcome);
        }
        Outcome<D> found = todo.get();
        outcome = found;
        work = null;
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lazily;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    /** Never what people wrote. */
    @Override
    public String toString() {
        return "...";
    }

    /** The details, and what is missing in them. */
    public record Outcome<D>(D value, @Nullable String note) {}
}
