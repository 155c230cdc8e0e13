package io.wxflux.journal;

import io.wxflux.shard.Coordinator;
import io.wxflux.testkit.ShardContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Segments so small that nearly every commit begins another: the same promises hold across files. */
class SmallSegmentTests implements ShardContract {
    @TempDir
    private Path directory;

    @Override
    public Coordinator open() {
        return FileJournal.open(JournalOptions.in(directory).withSegmentBytes(4 << 10));
    }

    @Override
    public boolean signalsOnItsOwnThread() {
        return true;
    }
}
