package io.wxflux.error;

/**
 * A subscriber of the live events was so far behind that some were left out for it. It has had everything before them.
 * Who subscribes again sees what happens from then on.
 */
public final class EventsMissedException extends WxfluxException {
    private final long missed;

    public EventsMissedException(long missed) {
        super(
                Remedy.RETRY,
                "this subscriber of the live events was too slow: " + missed + " events were left out for it. Subscribe"
                        + " again to go on with what is new; use a sink for what must not be missed",
                null,
                false);
        this.missed = missed;
    }

    /** Events that happened between the last one that was seen and this error. */
    public long missed() {
        return missed;
    }
}
