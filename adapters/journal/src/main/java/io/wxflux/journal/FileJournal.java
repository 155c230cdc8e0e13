package io.wxflux.journal;

import io.wxflux.shard.Coordinator;
import java.nio.file.Path;

/**
 * The durable shard of one machine. Only what its coordinator is told to do touches the disk, and never on the caller's
 * thread.
 *
 * <p><b>Threads</b>: two daemon threads for each open journal, {@code wxflux-journal} and {@code wxflux-journal-signal};
 * every result, those of {@link Coordinator} included, is signalled on the second. Blocking it holds up all results.
 *
 * <p><b>Errors</b> of {@link Coordinator#shards()}: {@link io.wxflux.error.ConfigurationException} when others may write
 * to the directory or own it, {@link io.wxflux.error.StoreUnavailableException} when another process uses it or the disk
 * fails, {@link io.wxflux.error.CorruptStoreException} when a file is damaged or of a newer version. Nothing is changed
 * then.
 */
public final class FileJournal {
    private FileJournal() {}

    /** With the default sizes; see {@link JournalOptions}. */
    public static Coordinator open(Path stateDir) {
        return open(JournalOptions.in(stateDir));
    }

    public static Coordinator open(JournalOptions options) {
        return new FileCoordinator(options, () -> StateDirectory.take(options.stateDir()));
    }
}
