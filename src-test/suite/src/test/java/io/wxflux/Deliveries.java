package io.wxflux;

import io.wxflux.options.DeliveryOptions;
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
                delay,
                USUAL.drainTimeout(),
                USUAL.writeTimeout());
    }

    static DeliveryOptions writeTimeout(Duration most) {
        return new DeliveryOptions(
                USUAL.tailBytes(),
                USUAL.totalTailBytes(),
                USUAL.maxBatch(),
                USUAL.attempts(),
                USUAL.attemptsWithin(),
                USUAL.cursorDelay(),
                USUAL.drainTimeout(),
                most);
    }
}
