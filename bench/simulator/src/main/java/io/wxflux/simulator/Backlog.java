package io.wxflux.simulator;

import java.util.concurrent.atomic.LongAdder;

/**
 * What every account has waiting while this is on: always another page, however many were fetched.
 *
 * @param least messages of a page
 * @param most messages of a page
 * @param mix kinds of the messages
 * @param goesOn whether a page says that there is more, or leaves that to the next synccheck
 * @param served counts the messages
 */
record Backlog(int least, int most, KindMix mix, boolean goesOn, LongAdder served) {

    /** For the page that has to be served once more afterwards. */
    static final Backlog OVER = new Backlog(1, 1, KindMix.TEXTS, false, new LongAdder());

    private static final int MOST = 1_000;

    Backlog {
        if (least < 1 || most < least || most > MOST) {
            throw new IllegalArgumentException(
                    "a page has from 1 to " + MOST + " messages, not from " + least + " to " + most);
        }
    }

    /** How many the page at a position has: each its own number, the same one every time. */
    int size(long position) {
        return least + (int) Math.floorMod(Ids.mix(position), (long) most - least + 1);
    }
}
