package io.wxflux.internal.journal;

import io.wxflux.model.AccountId;
import io.wxflux.shard.CommitGroup;
import java.util.List;

/** What the journal asks of and tells to delivery. */
public interface JournalListener {
    /**
     * Cursors and retentions of the account that are not durable yet: they ride on the next commit. Whoever takes them
     * tells how the commit ended.
     */
    Pending takePending(AccountId account);

    /** Records are durable from now on. Called in order for one account; must not block. */
    void appended(AccountJournal journal, List<Slot> slots);

    /**
     * Bytes that the journals of accounts hold which are not at work: nobody takes any of them, so nobody waits until they
     * are less.
     */
    default long idleBytes() {
        return 0;
    }

    /**
     * @param kept to be run when they are durable
     * @param givenBack to be run when the commit failed: they must ride again
     */
    record Pending(
            List<CommitGroup.Cursor> cursors,
            List<CommitGroup.Retention> retentions,
            Runnable kept,
            Runnable givenBack) {
        public static final Pending NONE = new Pending(List.of(), List.of(), () -> {}, () -> {});
    }
}
