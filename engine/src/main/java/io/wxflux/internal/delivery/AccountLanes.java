package io.wxflux.internal.delivery;

import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.shard.CommitGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The lanes of one account, and how far its journal may be forgotten. */
final class AccountLanes {
    final AccountJournal journal;
    final List<Lane> lanes;

    /** Whether the account waits in the queue of those with cursors to store. */
    final AtomicBoolean queued = new AtomicBoolean();

    /** Whether a commit with cursors of the account is under way: a second one might become durable before it. */
    private final AtomicBoolean committing = new AtomicBoolean();

    private final EventDecoder decoder;
    private final AtomicLong retained = new AtomicLong(-1);

    AccountLanes(AccountJournal journal, EventDecoder decoder) {
        this.journal = journal;
        this.decoder = decoder;
        this.lanes = new ArrayList<>();
    }

    EventDecoder decoder() {
        return decoder;
    }

    /** Everything below it has been had by every sink. */
    long slowest() {
        long slowest = journal.nextOffset();
        for (Lane lane : lanes) {
            slowest = Math.min(slowest, lane.cursor());
        }
        return slowest;
    }

    /** The right to commit cursors, until {@link #committed}; false while somebody else has it. */
    boolean mayCommit() {
        return committing.compareAndSet(false, true);
    }

    void committed() {
        committing.set(false);
    }

    boolean isCommitting() {
        return committing.get();
    }

    void collect(List<CommitGroup.Cursor> cursors, List<CommitGroup.Retention> retentions) {
        for (Lane lane : lanes) {
            if (lane.takeDirty()) {
                cursors.add(new CommitGroup.Cursor(lane.sinkName(), journal.account(), lane.cursor()));
            }
        }
        long from = slowest();
        if (retained.getAndSet(from) < from) {
            retentions.add(new CommitGroup.Retention(journal.account(), from));
        }
    }

    Map<String, Long> cursors() {
        var cursors = new HashMap<String, Long>();
        lanes.forEach(lane -> cursors.put(lane.sinkName(), lane.cursor()));
        return cursors;
    }

    void markDirty() {
        lanes.forEach(Lane::markDirty);
        retained.set(-1);
    }
}
