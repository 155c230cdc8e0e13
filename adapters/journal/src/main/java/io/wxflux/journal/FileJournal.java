package io.wxflux.journal;

import io.wxflux.shard.Coordinator;
import java.nio.file.Path;

/**
 * The durable shard of one machine. Only what its coordinator is told to do touches the disk, and never on the caller's
 * thread.
 *
 * <p>What sinks reject for good is kept in {@value #DEAD_LETTERS} of the same directory, in plain text also when the
 * journal has a key, unless the engine's options name another place; {@code wxflux dead-letters} lists it.
 *
 * <p><b>Threads</b>: two daemon threads for each open journal, {@code wxflux-journal} and {@code wxflux-journal-signal};
 * every result, those of {@link Coordinator} included, is signalled on the second. Blocking it holds up all results.
 * The dead letters have a third one from the first use on.
 *
 * <p><b>Errors</b> of {@link Coordinator#shards()}: {@link io.wxflux.error.ConfigurationException} when others may write
 * to the directory or own it, {@link io.wxflux.error.StoreUnavailableException} when another process uses it or the disk
 * fails, {@link io.wxflux.error.CorruptStoreException} when a file is damaged or of a newer version. Nothing is changed
 * then.
 */
public final class FileJournal {
    /** The file of dead letters within the state directory, made with the first of them. */
    public static final String DEAD_LETTERS = "dead-letters.ndjson";

    private FileJournal() {}

    /** With the default sizes; see {@link JournalOptions}. */
    public static Coordinator open(Path stateDir) {
        return open(JournalOptions.in(stateDir));
    }

    public static Coordinator open(JournalOptions options) {
        return new FileCoordinator(options, () -> StateDirectory.take(options.stateDir()));
    }
}
