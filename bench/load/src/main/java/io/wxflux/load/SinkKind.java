package io.wxflux.load;

/** Where wxflux delivers to in the test. */
public enum SinkKind {
    /** Measures and forgets. */
    DISCARD,
    /** The file sink: measured when its write is done. */
    FILE,
    /** Takes 50 ms for every batch. */
    SLOW
}
