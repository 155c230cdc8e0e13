package io.wxflux.journal;

import io.wxflux.error.FencedException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.model.AccountId;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Document;
import io.wxflux.shard.JournalRecord;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardId;
import io.wxflux.shard.StoredAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A {@link Journal} with its two threads: {@code wxflux-journal} writes and forces, {@code wxflux-journal-signal} reads
 * pages and signals all results, so that whatever hangs on a result never holds up the next force.
 *
 * <p>Group commit: all that was subscribed while a force was under way is written together and shares the next one.
 */
final class FileShard implements Shard {
    private static final ShardId ID = new ShardId("local");
    /** More than this is not written between two forces: the first of a long queue shall not wait for the last. */
    private static final int BATCH_BYTES = 8 << 20;
    /** A frame's length is an int. */
    private static final int MOST_BYTES = 1 << 30;

    private final Journal journal;
    private final long epoch;
    private final int queuedBytes;
    private final AtomicLong queued = new AtomicLong();
    private final Worker<Task> writer;
    private final Worker<Runnable> signals;

    FileShard(Journal journal, int queuedBytes, Worker<Task> writer, Worker<Runnable> signals) {
        this.journal = journal;
        this.epoch = journal.epoch();
        this.queuedBytes = queuedBytes;
        this.writer = writer;
        this.signals = signals;
    }

    @Override
    public ShardId id() {
        return ID;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Flux<StoredAccount> restore() {
        return Mono.<List<StoredAccount>>create(caller -> writer.put(new Restore(journal, caller)))
                .flatMapIterable(accounts -> accounts);
    }

    /**
     * {@inheritDoc}
     *
     * <p><b>Backpressure</b>: groups wait in a queue bounded by bytes; while it is full, {@link StoreUnavailableException}.
     * A group that is larger than the bound by itself is taken when there is room: it is in memory already, and is written
     * whole or not at all. An {@link IllegalArgumentException} when it is larger than 1 GiB.
     */
    @Override
    public Mono<Void> commit(CommitGroup group) {
        return Mono.create(caller -> {
            long bytes = bytes(group);
            if (bytes > MOST_BYTES) {
                refuse(
                        caller,
                        new IllegalArgumentException("a group of about " + bytes + " bytes is larger than " + MOST_BYTES
                                + " bytes: commit less at once"));
            } else if (!isQueued(bytes)) {
                refuse(
                        caller,
                        new StoreUnavailableException("the disk is behind: more than " + queuedBytes
                                + " bytes of commits wait for it; this one was not taken and may be tried again"));
            } else {
                writer.put(new Commit(group, caller, bytes));
            }
        });
    }

    /** One that is too large for what is left of the bound has to wait until nothing else does. */
    private boolean isQueued(long bytes) {
        long before = queued.getAndAdd(bytes);
        if (before == 0 || before + bytes <= queuedBytes) {
            return true;
        }
        queued.addAndGet(-bytes);
        return false;
    }

    @Override
    public Mono<byte[]> document(AccountId account, String key) {
        return reading(() -> journal.document(account, key));
    }

    @Override
    public Mono<List<String>> documentKeys(AccountId account, String prefix) {
        return reading(() -> journal.documentKeys(account, prefix));
    }

    private void refuse(MonoSink<?> caller, RuntimeException failure) {
        signals.put(() -> caller.error(failure));
    }

    @Override
    public Mono<List<JournalRecord>> read(AccountId account, long from, int maxBytes) {
        return reading(() -> journal.read(account, from, maxBytes));
    }

    @Override
    public long heldBytes(AccountId account) {
        return journal.heldBytes(account);
    }

    @Override
    public long heldBytes() {
        return journal.heldBytes();
    }

    private <T> Mono<T> reading(Reading<T> reading) {
        return Mono.create(caller -> signals.put(new Read<>(caller, reading)));
    }

    /** On the writing thread: everything up to the first task that is no commit, or the bound of a batch. */
    void work(Queue<Task> tasks) {
        var batch = new ArrayList<Commit>();
        long bytes = 0;
        while (tasks.peek() instanceof Commit commit && bytes < BATCH_BYTES) {
            tasks.remove();
            batch.add(commit);
            bytes += commit.bytes;
        }
        if (!batch.isEmpty()) {
            commit(batch);
            queued.addAndGet(-bytes);
            if (tasks.isEmpty()) {
                journal.settle();
            }
            signals.put(() -> batch.forEach(Commit::signal));
        } else {
            Task task = tasks.remove();
            Runnable signal = task.take();
            signals.put(signal);
        }
    }

    private void commit(List<Commit> batch) {
        try {
            journal.commit(batch);
        } catch (RuntimeException | Error e) {
            var unknown = journal.breakDown(e);
            batch.forEach(commit -> commit.fail(unknown));
        }
    }

    private static long bytes(CommitGroup group) {
        long bytes = 256;
        for (AccountCommit commit : group.accounts()) {
            byte[] session = commit.session();
            bytes += 256
                    + (session == null ? 0 : session.length)
                    + 64L * commit.seen().size();
            for (byte[] record : commit.records()) {
                bytes += record.length + 16;
            }
            for (Document document : commit.documents()) {
                byte[] value = document.value();
                bytes += document.key().length() + 32 + (value == null ? 0 : value.length);
            }
        }
        return bytes + 128L * (group.cursors().size() + group.retentions().size());
    }

    static FencedException closed() {
        return new FencedException("the journal is closed: nothing of this grant is written or read any more");
    }

    /** What the writing thread does in turn. */
    interface Task {
        /** Does it, and returns what is to be signalled. */
        Runnable take();

        /** It came after the end. */
        void refuse();
    }

    private static final class Commit extends Journal.Entry implements Task {
        private final MonoSink<Void> caller;
        private final long bytes;

        Commit(CommitGroup group, MonoSink<Void> caller, long bytes) {
            super(group);
            this.caller = caller;
            this.bytes = bytes;
        }

        @Override
        public Runnable take() {
            throw new IllegalStateException("commits are taken in batches");
        }

        @Override
        public void refuse() {
            caller.error(closed());
        }

        void signal() {
            RuntimeException failure = failure();
            if (failure == null) {
                caller.success();
            } else {
                caller.error(failure);
            }
        }
    }

    private record Restore(Journal journal, MonoSink<List<StoredAccount>> caller) implements Task {
        @Override
        public Runnable take() {
            List<StoredAccount> accounts;
            try {
                accounts = journal.stored();
            } catch (RuntimeException e) {
                return () -> caller.error(e);
            }
            return () -> caller.success(accounts);
        }

        @Override
        public void refuse() {
            caller.error(closed());
        }
    }

    /** Runs on the signalling thread; after its end it is only refused. */
    record Read<T>(MonoSink<T> caller, Reading<T> reading) implements Runnable {
        @Override
        public void run() {
            T result;
            try {
                result = reading.read();
            } catch (RuntimeException e) {
                caller.error(e);
                return;
            }
            caller.success(result);
        }
    }

    interface Reading<T> {
        /** Null when there is nothing to emit. */
        @Nullable
        T read();
    }
}
