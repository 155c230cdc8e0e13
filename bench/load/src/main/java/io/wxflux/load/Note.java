package io.wxflux.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a client process tells the driver, a line each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "note")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Note.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = Note.Heap.class, name = "heap"),
    @JsonSubTypes.Type(value = Note.Measuring.class, name = "measuring"),
    @JsonSubTypes.Type(value = Note.Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = Note.Delays.class, name = "delays"),
    @JsonSubTypes.Type(value = Note.Final.class, name = "final")
})
sealed interface Note {
    /** The process is there and has signed nobody in. */
    record Alive() implements Note {}

    /** Answer to {@code heap}: what is alive on the heap, in bytes. */
    record Heap(long bytes) implements Note {}

    /** Answer to {@code measure}: messages up to here do not count. */
    record Measuring(long messages) implements Note {}

    /**
     * Every second.
     *
     * @param ready accounts that are signed in
     * @param messages stamped messages since the start
     * @param fresh of those, since the last tick
     * @param p50 delay of the fresh ones, in microseconds; so are {@code p99} and {@code max}
     * @param heap used, in bytes, garbage included
     */
    record Tick(
            int ready,
            long messages,
            long fresh,
            long p50,
            long p99,
            long max,
            long heap,
            long failures,
            String problem)
            implements Note {}

    /** Answer to {@code delays}: of each sink, since {@code measure}. */
    record Delays(List<Delay> delays) implements Note {
        public Delays {
            delays = List.copyOf(delays);
        }
    }

    /** Answer to {@code stop}, when it has. */
    record Final(long messages, long failures, String problem, List<Delay> delays) implements Note {
        public Final {
            delays = List.copyOf(delays);
        }
    }
}
