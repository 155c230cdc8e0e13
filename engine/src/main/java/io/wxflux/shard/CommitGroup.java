package io.wxflux.shard;

import io.wxflux.model.AccountId;
import java.util.List;

/** What becomes durable together, or not at all. */
public record CommitGroup(List<AccountCommit> accounts, List<Cursor> cursors, List<Retention> retentions) {
    public CommitGroup {
        accounts = List.copyOf(accounts);
        cursors = List.copyOf(cursors);
        retentions = List.copyOf(retentions);
    }

    public static CommitGroup of(AccountCommit commit) {
        return new CommitGroup(List.of(commit), List.of(), List.of());
    }

    /**
     * How far a sink has acknowledged an account's journal.
     *
     * @param offset the next offset it wants; {@link #FORGET} removes the cursor
     */
    public record Cursor(String sink, AccountId account, long offset) {
        public static final long FORGET = -1;
    }

    /** Records of the account below {@code from} are needed by nobody any more and may be dropped. */
    public record Retention(AccountId account, long from) {}
}
