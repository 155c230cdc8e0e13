package io.wxflux.shard;

/** Names a shard: some accounts and their journal. */
public record ShardId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
