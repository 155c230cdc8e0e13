package io.wxflux.load;

import io.wxflux.simulator.SimMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Delays from the moment a message was due at the service to the moment it is accepted here, in microseconds of the
 * machine's one clock. Written by many threads, read by one.
 */
final class Meter {
    private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final byte[] MARK = ("\"" + SimMessage.STAMP + "\":").getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final Recorder recorder = new Recorder(1, MOST_MICROS, 3);
    private final LongAdder messages = new LongAdder();
    private final Histogram total = new Histogram(1, MOST_MICROS, 3);
    private @Nullable Histogram second;
    private final boolean sampled;
    private boolean measuring;

    /** @param sampled whether one message of a page is measured and the others are only counted */
    Meter(String name, boolean sampled) {
        this.name = name;
        this.sampled = sampled;
    }

    String name() {
        return name;
    }

    boolean isSampled() {
        return sampled;
    }

    /** Reads an answer of webwxsync and takes the messages in it. */
    SyncAnswer read(byte[] body) {
        if (!sampled) {
            return SyncAnswer.read(body, this::received);
        }
        long[] countAndLast = new long[2];
        SyncAnswer answer = SyncAnswer.read(body, due -> {
            countAndLast[0]++;
            countAndLast[1] = due;
        });
        received(countAndLast[0], countAndLast[1]);
        return answer;
    }

    /** Takes messages that came together, of which the last one is measured. */
    void received(long count, long lastDueMicros) {
        if (count > 0 && lastDueMicros > 0) {
            received(lastDueMicros);
            messages.add(count - 1);
        }
    }

    /** @param object the message as the service sent it */
    void received(byte[] object) {
        long due = stamp(object);
        if (due > 0) {
            received(due);
        }
    }

    void received(long dueMicros) {
        messages.increment();
        recorder.recordValue(Math.max(1, Math.min(MOST_MICROS, now() - dueMicros)));
    }

    /** All since the start. */
    long messages() {
        return messages.sum();
    }

    /** The delays since the last call; valid until the next. */
    Histogram tick() {
        Histogram last = recorder.getIntervalHistogram(second);
        second = last;
        if (measuring) {
            total.add(last);
        }
        return last;
    }

    /** Forgets what was measured: from now on it counts. */
    void begin() {
        tick();
        total.reset();
        measuring = true;
    }

    Histogram total() {
        return total;
    }

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** When the message was due; 0 when it does not say so. The stamp stands near the end. */
    static long stamp(byte[] object) {
        for (int at = object.length - MARK.length; at >= 0; at--) {
            if (object[at] == '"' && isMark(object, at)) {
                long value = 0;
                for (int i = at + MARK.length; i < object.length && object[i] >= '0' && object[i] <= '9'; i++) {
                    value = value * 10 + object[i] - '0';
                }
                return value;
            }
        }
        return 0;
    }

    private static boolean isMark(byte[] object, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (object[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
