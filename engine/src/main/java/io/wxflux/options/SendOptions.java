package io.wxflux.options;

import java.time.Duration;

/**
 * How an account sends, and does what else it asks of the service.
 *
 * @param paces how fast
 * @param whenThrottled what becomes of a request whose operation cools down after a 1205; default FAIL. Messages of the
 *     outbox always wait
 * @param outboxMessages how many messages the outbox of an account holds at most; default 1,000
 * @param outboxBytes how many bytes it holds at most, files that stay on disk not counted; default 8 MiB
 */
public record SendOptions(PaceOptions paces, WhenThrottled whenThrottled, int outboxMessages, long outboxBytes) {
    public SendOptions {
        if (outboxMessages < 1) {
            throw new IllegalArgumentException("outboxMessages must be at least 1, not " + outboxMessages);
        }
        if (outboxBytes < 1) {
            throw new IllegalArgumentException("outboxBytes must be at least 1, not " + outboxBytes);
        }
    }

    /** The defaults with another pace of messages. */
    public SendOptions(int burst, Duration every) {
        this(PaceOptions.defaults().with(Operation.SEND, Pace.of(burst, every)), WhenThrottled.FAIL, 1_000, 8L << 20);
    }

    public static SendOptions defaults() {
        return new SendOptions(PaceOptions.defaults(), WhenThrottled.FAIL, 1_000, 8L << 20);
    }

    public SendOptions withBurst(int messages) {
        return withPace(Operation.SEND, paces.of(Operation.SEND).withBurst(messages));
    }

    public SendOptions withEvery(Duration time) {
        return withPace(Operation.SEND, paces.of(Operation.SEND).withEvery(time));
    }

    public SendOptions withPace(Operation operation, Pace pace) {
        return new SendOptions(paces.with(operation, pace), whenThrottled, outboxMessages, outboxBytes);
    }

    public SendOptions whenThrottled(WhenThrottled choice) {
        return new SendOptions(paces, choice, outboxMessages, outboxBytes);
    }

    public SendOptions withOutbox(int messages, long bytes) {
        return new SendOptions(paces, whenThrottled, messages, bytes);
    }
}
