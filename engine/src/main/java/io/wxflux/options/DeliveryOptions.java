package io.wxflux.options;

import java.time.Duration;

/**
 * Bounds of delivery.
 *
 * @param tailBytes newest journal bytes kept in memory for each account; default 256 KiB
 * @param totalTailBytes memory of all accounts together for the newest journal bytes, events made of them and pages on
 *     their way to a sink; default 64 MiB
 * @param maxBatch events handed to a sink at once; default 500
 * @param attempts how often an event that a sink rejects is offered before it becomes a dead letter; default 3
 * @param attemptsWithin the time those attempts are spread over; default 10 s
 * @param maxBackoff the longest wait between tries while a sink is down; the first is at most 250 ms, each may be twice
 *     the one before; default 30 s
 * @param cursorDelay how late a cursor may become durable; default 100 ms
 * @param drainTimeout how long a stop waits for sinks to take what is already fetched; default 10 s
 * @param writeTimeout how long a sink may take for one batch, a handler for one event; then it is cancelled and comes
 *     again, as after an outage; default 60 s
 */
public record DeliveryOptions(
        int tailBytes,
        long totalTailBytes,
        int maxBatch,
        int attempts,
        Duration attemptsWithin,
        Duration maxBackoff,
        Duration cursorDelay,
        Duration drainTimeout,
        Duration writeTimeout) {
    /** The longest first wait when a sink is down. */
    public static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

    public DeliveryOptions {
        if (tailBytes < 0 || totalTailBytes < 0) {
            throw new IllegalArgumentException("tailBytes and totalTailBytes are 0 or more");
        }
        if (maxBatch < 1 || attempts < 1) {
            throw new IllegalArgumentException("maxBatch and attempts are 1 or more");
        }
        if (attemptsWithin.isNegative() || cursorDelay.isNegative() || drainTimeout.isNegative()) {
            throw new IllegalArgumentException("attemptsWithin, cursorDelay and drainTimeout are not negative");
        }
        if (maxBackoff.compareTo(FIRST_BACKOFF) < 0) {
            throw new IllegalArgumentException("maxBackoff is 250 ms or more");
        }
        if (writeTimeout.isNegative() || writeTimeout.isZero()) {
            throw new IllegalArgumentException("writeTimeout is more than 0");
        }
    }

    public static DeliveryOptions defaults() {
        return new DeliveryOptions(
                256 * 1024,
                64L * 1024 * 1024,
                500,
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }
}
