package io.wxflux.shard;

import io.wxflux.model.AccountId;

/**
 * One record of an account's journal.
 *
 * @param payload opaque to the shard; not to be changed
 */
public record JournalRecord(AccountId account, long offset, byte[] payload) {
    @Override
    public String toString() {
        return "JournalRecord[" + account + ", offset " + offset + ", " + payload.length + " bytes]";
    }
}
