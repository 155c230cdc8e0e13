package io.wxflux.shard;

import java.time.Instant;

/** What a {@link Coordinator} tells about shards. */
public sealed interface ShardEvent {
    /** This process runs the shard's accounts from now on. */
    record Acquired(Shard shard) implements ShardEvent {}

    /** The shard goes elsewhere: its accounts must be stopped and their commits done by the deadline. */
    record Revoking(ShardId id, Instant deadline) implements ShardEvent {}

    /** The shard is gone; whatever was under way for it stops at once. */
    record Lost(ShardId id) implements ShardEvent {}
}
