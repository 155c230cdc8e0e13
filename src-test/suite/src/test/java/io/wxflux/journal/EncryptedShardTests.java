package io.wxflux.journal;

import io.wxflux.options.Secret;
import io.wxflux.shard.Coordinator;
import io.wxflux.testkit.ShardContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted, in segments so small that nearly every commit begins another: the same promises hold. */
class EncryptedShardTests implements ShardContract {
    private static final JournalKey KEY = JournalKey.of(Secret.of("Q6x1Lx0T3qz0z0D1wz1Zz5QvJm4n0d2Hk7yB8c9e1fA="));

    @TempDir
    private Path directory;

    @Override
    public Coordinator open() {
        return FileJournal.open(
                JournalOptions.in(directory).withSegmentBytes(4 << 10).withKey(KEY));
    }

    @Override
    public boolean signalsOnItsOwnThread() {
        return true;
    }
}
