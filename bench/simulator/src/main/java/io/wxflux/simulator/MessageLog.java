package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the service has for one account, in order, numbered from 1. Acknowledged entries can be let go; their MsgIds stay
 * known, because an id follows from the place in the log. Guarded by the account's lock.
 */
final class MessageLog {

    private static final int TRIM_STEP = 256;

    private final long seed;
    private final int keep;
    private final List<LogEntry> entries = new ArrayList<>();
    private final BitSet contactChanges = new BitSet();
    private long gone;
    private long madeFrom;
    private long madeTo;

    MessageLog(long seed, int keep) {
        this.seed = seed;
        this.keep = keep;
    }

    long append(SimMessage message, long createTime) {
        long seq = end() + 1;
        entries.add(new LogEntry(seq, createTime, message));
        if (message.kind() != SimMessage.Kind.MESSAGE) {
            contactChanges.set((int) seq);
        }
        return seq;
    }

    /** The position after the newest entry. */
    long end() {
        return gone + entries.size();
    }

    /** What follows a position, oldest first. */
    List<LogEntry> after(long position, int max) {
        int from = (int) Math.max(0, position - gone);
        return List.copyOf(entries.subList(from, Math.min(entries.size(), from + max)));
    }

    /**
     * Makes room for messages that are put together while they are served, and that nobody keeps. All there is must have
     * been acknowledged.
     */
    void made(int count) {
        madeFrom = end();
        madeTo = madeFrom + count;
        entries.clear();
        gone = madeTo;
    }

    /** Whether the page made last is the one behind a position. */
    boolean isMadeBehind(long position) {
        return position == madeFrom && madeFrom < madeTo;
    }

    /** Where the page made last ends. */
    long madeBehind(long position) {
        return isMadeBehind(position) ? madeTo : position;
    }

    /** Lets go of what was acknowledged, but for the newest {@code keep}. */
    void acknowledged(long position) {
        long spare = position - keep - gone;
        if (spare >= TRIM_STEP && spare >= entries.size() / 2) {
            entries.subList(0, (int) Math.min(spare, entries.size())).clear();
            gone += spare;
        }
    }

    String msgId(long seq) {
        return Long.toString((Ids.mix(seed + seq) >>> 2) + 1_000_000_000_000_000_000L);
    }

    List<QueuedMessage> view(long from, int max) {
        List<QueuedMessage> view = new ArrayList<>();
        for (long seq = Math.max(1, from); seq <= end() && view.size() < max; seq++) {
            if (contactChanges.get((int) seq)) {
                continue;
            }
            if (seq <= gone) {
                view.add(new QueuedMessage(seq, msgId(seq), 0, ""));
            } else {
                SimMessage message = entries.get((int) (seq - gone - 1)).message();
                view.add(new QueuedMessage(seq, msgId(seq), message.msgType(), message.text()));
            }
        }
        return view;
    }
}
