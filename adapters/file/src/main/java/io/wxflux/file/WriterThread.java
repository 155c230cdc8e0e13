package io.wxflux.file;

import io.wxflux.error.EngineStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Does the blocking work of one file on one thread. Entries that arrive while a group is under way make up the next
 * group: the busier the sink, the fewer forced writes for each event.
 */
final class WriterThread<E> {
    private static final int MAX_GROUP = 1_024;

    /** Writes a group, all of it or, by throwing, nothing. */
    interface Work<E> {
        void write(List<E> group) throws Exception;
    }

    private final String name;
    private final Work<E> work;
    // No lock may be taken by callers, who are not allowed to block: hence no BlockingQueue.
    private final Queue<Task<E>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean ended;

    WriterThread(String name, Work<E> work) {
        this.name = name;
        this.work = work;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Completes when the entry's group is written; cancelled before, the entry may still be written. */
    Mono<Void> write(E entry) {
        return submit(sink -> new Task<>(entry, null, false, sink));
    }

    /** Runs something on the thread, after everything submitted before. */
    Mono<Void> call(Callable<?> action) {
        return submit(sink -> new Task<>(null, action, false, sink));
    }

    /** The same as the last thing this thread does. */
    Mono<Void> end(Callable<?> action) {
        return submit(sink -> new Task<>(null, action, true, sink));
    }

    private Mono<Void> submit(Function<MonoSink<Void>, Task<E>> maker) {
        return Mono.<Void>create(sink -> {
                    Task<E> task = maker.apply(sink);
                    sink.onCancel(() -> task.cancelled = true);
                    queue.add(task);
                    if (started.compareAndSet(false, true)) {
                        thread.start();
                    }
                    LockSupport.unpark(thread);
                    if (ended && queue.remove(task)) {
                        sink.error(closed());
                    }
                })
                // What follows a write is the engine's work and must not hold up the next write.
                .publishOn(Schedulers.parallel());
    }

    private EngineStateException closed() {
        return new EngineStateException(name + " is closed");
    }

    private void run() {
        boolean last = false;
        while (!last) {
            Task<E> task = queue.poll();
            if (task == null) {
                LockSupport.park(this);
            } else if (task.action != null) {
                last = task.last;
                perform(task, task.action);
            } else {
                group(task);
            }
        }
        ended = true;
        for (Task<E> late = queue.poll(); late != null; late = queue.poll()) {
            late.sink.error(closed());
        }
    }

    private void perform(Task<E> task, Callable<?> action) {
        try {
            action.call();
            task.sink.success();
        } catch (Exception | Error e) { // a thread that dies in silence would hold up its sink for ever
            task.sink.error(e);
        }
    }

    private void group(Task<E> first) {
        List<Task<E>> tasks = new ArrayList<>();
        List<E> entries = new ArrayList<>();
        Task<E> task = first;
        while (task != null) {
            E entry = task.entry;
            if (entry != null && !task.cancelled) {
                tasks.add(task);
                entries.add(entry);
            }
            Task<E> following = queue.peek();
            task = following != null && following.action == null && tasks.size() < MAX_GROUP ? queue.poll() : null;
        }
        if (tasks.isEmpty()) {
            return;
        }
        try {
            work.write(entries);
        } catch (Exception | Error e) {
            tasks.forEach(failed -> failed.sink.error(e));
            return;
        }
        tasks.forEach(done -> done.sink.success());
    }

    private static final class Task<E> {
        final @Nullable E entry;
        final @Nullable Callable<?> action;
        final boolean last;
        final MonoSink<Void> sink;
        volatile boolean cancelled;

        Task(@Nullable E entry, @Nullable Callable<?> action, boolean last, MonoSink<Void> sink) {
            this.entry = entry;
            this.action = action;
            this.last = last;
            this.sink = sink;
        }
    }
}
