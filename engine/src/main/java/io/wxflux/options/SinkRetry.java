package io.wxflux.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one sink is tried again, where it differs from {@link DeliveryOptions}. What is null is as there. Immutable.
 *
 * @param attempts how often an event that the sink rejects is offered before it becomes a dead letter
 * @param attemptsWithin the time those attempts are spread over
 * @param maxBackoff the longest wait between tries while the sink is down
 * @param writeTimeout how long the sink may take for one batch, a handler for one event
 */
public record SinkRetry(
        @Nullable Integer attempts,
        @Nullable Duration attemptsWithin,
        @Nullable Duration maxBackoff,
        @Nullable Duration writeTimeout) {
    private static final SinkRetry USUAL = new SinkRetry(null, null, null, null);

    /** @throws IllegalArgumentException out of the ranges of {@link DeliveryOptions} */
    public SinkRetry {
        if (attempts != null && attempts < 1) {
            throw new IllegalArgumentException("attempts is 1 or more");
        }
        if (attemptsWithin != null && attemptsWithin.isNegative()) {
            throw new IllegalArgumentException("attemptsWithin is not negative");
        }
        if (maxBackoff != null && maxBackoff.compareTo(DeliveryOptions.FIRST_BACKOFF) < 0) {
            throw new IllegalArgumentException("maxBackoff is 250 ms or more");
        }
        if (writeTimeout != null && (writeTimeout.isNegative() || writeTimeout.isZero())) {
            throw new IllegalArgumentException("writeTimeout is more than 0");
        }
    }

    /** As every other sink. */
    public static SinkRetry usual() {
        return USUAL;
    }

    public SinkRetry withAttempts(int most, Duration within) {
        return new SinkRetry(most, within, maxBackoff, writeTimeout);
    }

    public SinkRetry withMaxBackoff(Duration longest) {
        return new SinkRetry(attempts, attemptsWithin, longest, writeTimeout);
    }

    public SinkRetry withWriteTimeout(Duration most) {
        return new SinkRetry(attempts, attemptsWithin, maxBackoff, most);
    }

    /** What holds for the sink when all others are treated so. */
    public DeliveryOptions over(DeliveryOptions usual) {
        return new DeliveryOptions(
                usual.tailBytes(),
                usual.totalTailBytes(),
                usual.maxBatch(),
                attempts == null ? usual.attempts() : attempts,
                attemptsWithin == null ? usual.attemptsWithin() : attemptsWithin,
                maxBackoff == null ? usual.maxBackoff() : maxBackoff,
                usual.cursorDelay(),
                usual.drainTimeout(),
                writeTimeout == null ? usual.writeTimeout() : writeTimeout);
    }
}
