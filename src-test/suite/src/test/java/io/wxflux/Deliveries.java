package io.wxflux;

import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.SinkRetry;
import java.time.Duration;

/** The usual bounds of delivery with one of them changed. */
final class Deliveries {
    private static final DeliveryOptions USUAL = DeliveryOptions.defaults();

    private Deliveries() {}

    static DeliveryOptions batches(int most) {
        return new DeliveryOptions(
                USUAL.tailBytes(),
                USUAL.totalTailBytes(),
                most,
                USUAL.attempts(),
                USUAL.attemptsWithin(),
                USUAL.maxBackoff(),
                USUAL.cursorDelay(),
                USUAL.drainTimeout(),
                USUAL.writeTimeout());
    }

    static DeliveryOptions tail(int bytes, long total) {
        return new DeliveryOptions(
                bytes,
                total,
                USUAL.maxBatch(),
                USUAL.attempts(),
                USUAL.attemptsWithin(),
                USUAL.maxBackoff(),
                USUAL.cursorDelay(),
                USUAL.drainTimeout(),
                USUAL.writeTimeout());
    }

    static DeliveryOptions cursorDelay(Duration delay) {
        return new DeliveryOptions(
                USUAL.tailBytes(),
                USUAL.totalTailBytes(),
                USUAL.maxBatch(),
                USUAL.attempts(),
                USUAL.attemptsWithin(),
                USUAL.maxBackoff(),
                delay,
                USUAL.drainTimeout(),
                USUAL.writeTimeout());
    }

    static DeliveryOptions maxBackoff(Duration longest) {
        return SinkRetry.usual().withMaxBackoff(longest).over(USUAL);
    }

    static DeliveryOptions writeTimeout(Duration most) {
        return SinkRetry.usual().withWriteTimeout(most).over(USUAL);
    }
}
