package io.wxflux.options;

import java.time.Duration;

/**
 * How fast an account may send. The service throttles (1205) and bars accounts that send like machines.
 *
 * @param burst messages that may go out at once after a pause; 1 to 100, default 3
 * @param every time between messages after that; default 3 s, the pace a long-lived client has survived with
 */
public record SendOptions(int burst, Duration every) {
    public SendOptions {
        if (burst < 1 || burst > 100) {
            throw new IllegalArgumentException("burst is 1 to 100, not " + burst);
        }
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("every must be longer than zero, not " + every);
        }
    }

    public static SendOptions defaults() {
        return new SendOptions(3, Duration.ofSeconds(3));
    }

    public SendOptions withBurst(int messages) {
        return new SendOptions(messages, every);
    }

    public SendOptions withEvery(Duration time) {
        return new SendOptions(burst, time);
    }
}
