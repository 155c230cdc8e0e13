package io.wxflux.journal;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.file.FileDeadLetters;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.ShardEvent;
import io.wxflux.sink.DeadLetterStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/** One state directory, one shard: opens it on its own thread and keeps it until closed. */
final class FileCoordinator implements Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(FileCoordinator.class);

    /** How long a close waits for the file of dead letters, which may have to be written anew. */
    private static final Duration LETTERS_CLOSING = Duration.ofSeconds(5);

    private enum State {
        NEW,
        TAKEN,
        CLOSED
    }

    private final JournalOptions options;
    private final Home home;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final Sinks.Empty<ShardEvent> closed = Sinks.empty();
    private final Worker<FileShard.Task> writer = new Worker<>("wxflux-journal", this::work, FileShard.Task::refuse);
    private final Worker<Runnable> signals = new Worker<>("wxflux-journal-signal", this::signal, this::signalLate);

    private final FileDeadLetters letters;
    private final Mono<Void> lettersClosed;

    /** Of the writing thread. */
    private @Nullable Journal journal;

    private @Nullable FileShard shard;
    private Home.@Nullable Held held;

    FileCoordinator(JournalOptions options, Home home) {
        this.options = options;
        this.home = home;
        this.letters = new FileDeadLetters(options.stateDir().resolve(FileJournal.DEAD_LETTERS));
        // Whatever becomes of it, each letter is durable already: it must not keep the directory from others.
        this.lettersClosed = Mono.defer(letters::close)
                .timeout(LETTERS_CLOSING)
                .doOnError(error -> LOG.warn("closing the dead letters failed: {}", error.toString()))
                .onErrorComplete()
                .cache();
    }

    @Override
    public DeadLetterStore deadLetters() {
        return letters;
    }

    @Override
    public Flux<ShardEvent> shards() {
        return Flux.concat(Mono.create(this::open), closed.asMono());
    }

    @Override
    public Mono<Void> close() {
        // While the directory is ours.
        return lettersClosed.then(Mono.defer(() -> {
            if (state.compareAndSet(State.NEW, State.CLOSED)) {
                closed.tryEmitEmpty();
            } else if (state.compareAndSet(State.TAKEN, State.CLOSED)) {
                writer.put(new Close());
            }
            return closed.asMono().then();
        }));
    }

    private void open(MonoSink<ShardEvent> caller) {
        if (!state.compareAndSet(State.NEW, State.TAKEN)) {
            caller.error(new EngineStateException("the shards of a coordinator can be taken once; this one's are taken"
                    + " or it is closed: open another"));
            return;
        }
        writer.start();
        signals.start();
        writer.put(new Open(caller));
    }

    private void work(Queue<FileShard.Task> tasks) {
        if (shard != null) {
            shard.work(tasks);
        } else {
            signals.put(tasks.remove().take());
        }
    }

    private void signal(Queue<Runnable> ready) {
        ready.remove().run();
    }

    private void signalLate(Runnable late) {
        if (late instanceof FileShard.Read<?> read) {
            read.caller().error(FileShard.closed());
        } else {
            late.run();
        }
    }

    /** Ends both threads, the signalling one after all it has to signal. */
    private Runnable end() {
        writer.end();
        return () -> {
            signals.end();
            if (journal != null) {
                journal.closeFiles();
            }
            try {
                if (held != null) {
                    held.release();
                }
            } catch (IOException e) {
                LOG.warn("giving the lock of {} back failed: {}", options.stateDir(), e.toString());
            }
            closed.tryEmitEmpty();
        };
    }

    private final class Open implements FileShard.Task {
        private final MonoSink<ShardEvent> caller;

        Open(MonoSink<ShardEvent> caller) {
            this.caller = caller;
        }

        @Override
        public Runnable take() {
            try {
                held = home.take();
                var random = new SecureRandom();
                journal = Journal.open(
                        held.files(),
                        options.segmentBytes(),
                        random::nextLong,
                        options.keys(),
                        file -> signals.put(() -> close(file)));
                shard = new FileShard(journal, options.queuedBytes(), writer, signals);
            } catch (IOException e) {
                return failed(new StoreUnavailableException(
                        "opening the journal in " + options.stateDir() + " failed: " + e, e));
            } catch (RuntimeException | Error e) {
                return failed(e);
            }
            var acquired = new ShardEvent.Acquired(shard);
            return () -> caller.success(acquired);
        }

        private Runnable failed(Throwable failure) {
            Runnable end = end();
            return () -> {
                end.run();
                caller.error(failure);
            };
        }

        @Override
        public void refuse() {
            caller.error(FileShard.closed());
        }
    }

    private static void close(LogFiles.LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a journal file failed: {}", e.toString());
        }
    }

    private final class Close implements FileShard.Task {
        @Override
        public Runnable take() {
            try {
                if (journal != null) {
                    journal.finish();
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "closing the journal in {}: the newest cursors may not be durable, some events may be delivered"
                                + " again: {}",
                        options.stateDir(),
                        e.toString());
            }
            return end();
        }

        @Override
        public void refuse() {
            // An open that failed has ended everything.
        }
    }

    /** Where the files are; taken when the shard is, and held as long. */
    interface Home {
        Held take() throws IOException;

        interface Held {
            LogFiles files();

            void release() throws IOException;
        }
    }
}
