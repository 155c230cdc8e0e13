package io.wxflux.config;

import io.wxflux.sink.SinkSpec;
import java.nio.file.Path;

/** One sink as configured; what it is made of is the runner's business. */
public sealed interface SinkConfig {
    String name();

    /** Where a name never seen before starts in the journal. */
    SinkSpec.From from();

    /** Whether it may see login URLs. */
    boolean qr();

    /** @param path absolute */
    record File(String name, SinkSpec.From from, boolean qr, Path path) implements SinkConfig {}

    record Console(String name, SinkSpec.From from, boolean qr, Color color) implements SinkConfig {}

    /** When a console is coloured. */
    enum Color {
        /** On a terminal only. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
