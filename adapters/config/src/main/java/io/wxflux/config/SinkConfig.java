package io.wxflux.config;

import io.wxflux.options.SinkRetry;
import io.wxflux.sink.SinkSpec;
import java.nio.file.Path;

/** One sink as configured; what it is made of is the runner's business. */
public sealed interface SinkConfig {
    String name();

    /** What it has in common with all others. */
    Delivery delivery();

    /** Whether it may see login URLs. */
    boolean qr();

    /** @param path absolute */
    record File(String name, Delivery delivery, boolean qr, Path path) implements SinkConfig {}

    record Console(String name, Delivery delivery, boolean qr, Color color) implements SinkConfig {}

    /**
     * How it is given its events.
     *
     * @param from where a name never seen before starts in the journal
     * @param required whether the journal is kept until it has everything
     * @param retry where it differs from {@code delivery}
     */
    record Delivery(SinkSpec.From from, boolean required, SinkRetry retry) {
        static final Delivery USUAL = new Delivery(SinkSpec.From.END, true, SinkRetry.usual());
    }

    /** When a console is coloured. */
    enum Color {
        /** On a terminal only. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
