package io.wxflux.internal.journal;

import io.wxflux.event.AccountEvent;
import java.util.function.Function;
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

    /** Two sinks may both decode it at the same moment; they get equal events. */
    AccountEvent event(Function<Slot, AccountEvent> decoder) {
        AccountEvent known = event;
        if (known == null) {
            known = decoder.apply(this);
            event = known;
        }
        return known;
    }
}
