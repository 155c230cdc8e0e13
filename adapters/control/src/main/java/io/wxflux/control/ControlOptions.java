package io.wxflux.control;

import io.wxflux.event.AccountEvent;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How an endpoint is opened.
 *
 * @param state the engine's state directory: the token and uploads are kept there
 * @param port on the loopback address; 0 for a free one
 * @param summary says an event in one line that is fit for a terminal
 */
public record ControlOptions(Path state, int port, Function<AccountEvent, String> summary) {
    public ControlOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
    }
}
