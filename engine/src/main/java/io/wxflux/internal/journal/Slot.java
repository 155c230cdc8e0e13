package io.wxflux.internal.journal;

import io.wxflux.event.AccountEvent;
import org.jspecify.annotations.Nullable;

/** One journal record as delivery sees it: decoded at most once, by whichever sink gets there first. */
public final class Slot {
    private final long offset;
    private final byte[] payload;
    private volatile @Nullable AccountEvent event;

    Slot(long offset, byte[] payload) {
        this.offset = offset;
        this.payload = payload;
    }

    public long offset() {
        return offset;
    }

    byte[] payload() {
        return payload;
    }

    public int bytes() {
        return payload.length;
    }

    /** The event as the sinks get it; null while nobody has made it. */
    public @Nullable AccountEvent event() {
        return event;
    }

    /** Two sinks may both make it at the same moment; what they make is equal. */
    public void event(AccountEvent made) {
        event = made;
    }
}
