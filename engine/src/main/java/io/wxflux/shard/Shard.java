package io.wxflux.shard;

import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A fenced grant of some accounts and their journal. No method blocks its caller. Results are signalled on a thread of
 * the shard; commits complete in the order in which they were subscribed.
 *
 * <p>Errors common to all: {@link io.wxflux.error.FencedException} (stop: another owner is at work),
 * {@link io.wxflux.error.UnknownOutcomeException} (restore, never guess),
 * {@link io.wxflux.error.StoreUnavailableException} (the same group may be tried again),
 * {@link io.wxflux.error.CorruptStoreException} (names the file and what to do).
 */
public interface Shard {
    ShardId id();

    /** Rises with every grant of the same shard. */
    long epoch();

    /**
     * <b>Emits</b> accounts the shard itself assigns, beside those the application adds: the current ones and later
     * additions. A shard on one machine assigns none.
     */
    default Flux<AccountSpec> accounts() {
        return Flux.empty();
    }

    /**
     * A barrier: once it completes, no older epoch can commit. <b>Emits</b> every account that has durable state.
     */
    Flux<StoredAccount> restore();

    /**
     * Makes the group durable, all or nothing. <b>Emits</b> nothing; completion means durable when the group has account
     * commits; a group of cursors and retentions alone completes once written, and becomes durable with the next account
     * commit or at close. Applying a group again whose records are already there ({@code firstOffset} below the end) is
     * harmless. An account whose journal holds no record may go on at any higher offset. <b>Errors</b>
     * {@link IllegalArgumentException} when {@code firstOffset} leaves a gap. <b>Cancellation</b>
     * does not undo it.
     */
    Mono<Void> commit(CommitGroup group);

    /**
     * A page of an account's journal. <b>Emits</b> consecutive records, the first of them at {@code from} or, when that
     * was trimmed, at the oldest offset still there; at least one record if there is any, then as many as fit into
     * {@code maxBytes} of payload; an empty list at the end of the journal.
     */
    Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes);

    /**
     * How many bytes of records of an account are held: committed, and not given up by a retention. A look at memory, as
     * of the last commit; it does not wait. 0 where the shard has room without end.
     */
    default long heldBytes(AccountId account) {
        return 0;
    }

    /** As {@link #heldBytes(AccountId)}, of all accounts together. */
    default long heldBytes() {
        return 0;
    }

    /**
     * A document of an account, as of the last commit. <b>Emits</b> its value, which is not to be changed; nothing when
     * there is none.
     */
    Mono<byte[]> document(AccountId account, String key);

    /** <b>Emits</b> the keys of an account's documents that begin with the prefix, in ascending order; perhaps none. */
    Mono<List<String>> documentKeys(AccountId account, String prefix);
}
