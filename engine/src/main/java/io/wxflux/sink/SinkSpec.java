package io.wxflux.sink;

import io.wxflux.options.SinkRetry;
import java.util.regex.Pattern;

/**
 * A sink as registered with the engine.
 *
 * @param name of the cursor: stable over restarts; 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param sink the sink itself
 * @param from where a name never seen before starts
 * @param qr whether it may see the login URL of QR codes, with which anybody could sign in
 * @param required whether the journal is kept until this sink has it. One that is not required misses the oldest events
 *     when it is more than {@value #OPTIONAL_EVENTS} events of an account behind the others, and is told so: see
 *     {@link EventSink#missed}
 * @param retry how it is tried again, where that differs from the engine's {@code DeliveryOptions}
 */
public record SinkSpec(String name, EventSink sink, From from, boolean qr, boolean required, SinkRetry retry) {
    /** Events of one account that the journal keeps for a sink that is not required. */
    public static final int OPTIONAL_EVENTS = 1_024;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public SinkSpec {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("a sink's name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with a"
                    + " letter or digit, not \"" + name + "\"");
        }
    }

    public static SinkSpec of(String name, EventSink sink) {
        return new SinkSpec(name, sink, From.END, false, true, SinkRetry.usual());
    }

    public SinkSpec from(From start) {
        return new SinkSpec(name, sink, start, qr, required, retry);
    }

    public SinkSpec qr(boolean allowed) {
        return new SinkSpec(name, sink, from, allowed, required, retry);
    }

    public SinkSpec required(boolean holdsTheJournal) {
        return new SinkSpec(name, sink, from, qr, holdsTheJournal, retry);
    }

    public SinkSpec retry(SinkRetry own) {
        return new SinkSpec(name, sink, from, qr, required, own);
    }

    /** Where a new sink starts in the journal. */
    public enum From {
        /** At the oldest event still there. */
        EARLIEST,
        /** After the newest. */
        END
    }
}
