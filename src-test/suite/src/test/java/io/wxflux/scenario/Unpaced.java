package io.wxflux.scenario;

import io.wxflux.options.Operation;
import io.wxflux.options.Pace;
import io.wxflux.options.SendOptions;
import java.time.Duration;

/** For tests that are about something else than the pace of things. */
final class Unpaced {
    static final SendOptions SENDING = sending();

    private Unpaced() {}

    private static SendOptions sending() {
        SendOptions sending = SendOptions.defaults();
        for (Operation operation : Operation.values()) {
            sending = sending.withPace(operation, Pace.of(100, Duration.ofMillis(1)));
        }
        return sending;
    }
}
