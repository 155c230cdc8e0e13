package io.wxflux.journal;

import io.wxflux.shard.Coordinator;
import io.wxflux.testkit.ShardContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileShardTests implements ShardContract {
    @TempDir
    private Path directory;

    @Override
    public Coordinator open() {
        return FileJournal.open(directory.resolve("state"));
    }

    @Override
    public boolean signalsOnItsOwnThread() {
        return true;
    }
}
