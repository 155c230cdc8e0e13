package io.wxflux.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread and its queue. Whoever puts something in never waits: there is no lock to wait for. */
final class Worker<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final Consumer<Queue<T>> work;
    private final Consumer<T> late;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean ended;

    /**
     * @param work called on the thread while there is something in the queue; takes at least one of it out
     * @param late called, on any thread, with what comes after the end
     */
    Worker(String name, Consumer<Queue<T>> work, Consumer<T> late) {
        this.work = work;
        this.late = late;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void put(T item) {
        queue.add(item);
        if (ended) {
            passLate();
        } else if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Called on the thread itself: it ends after the work at hand. */
    void end() {
        ended = true;
    }

    private void run() {
        while (!ended) {
            if (queue.isEmpty()) {
                idle = true;
                if (queue.isEmpty()) {
                    LockSupport.park(this);
                }
                idle = false;
            } else {
                try {
                    work.accept(queue);
                } catch (Throwable e) {
                    LOG.error("{} goes on after an unexpected error", thread.getName(), e);
                }
            }
        }
        passLate();
    }

    private void passLate() {
        for (T item = queue.poll(); item != null; item = queue.poll()) {
            late.accept(item);
        }
    }
}
