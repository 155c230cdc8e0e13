package io.wxflux.journal;

import io.wxflux.shard.AccountCommit;
import java.util.List;

/** What of a group was handed to the disk, because it was not there yet; it counts once it is durable. */
record Staged(List<Share> shares) {
    static final Staged NOTHING = new Staged(List.of());

    /** One account's part. */
    record Share(Ledger ledger, AccountCommit commit, List<DocumentIndex.Change> documents) {
        @SuppressWarnings("NullAway") // It does not see the @Nullable of an array in another module's class file.
        void apply() {
            byte[] session = commit.session();
            long end = Math.max(ledger.next, commit.nextOffset());
            ledger.accept(session == null ? null : session.clone(), commit.position(), commit.seen(), end);
            ledger.documents.apply(documents);
        }
    }
}
