package io.wxflux.simulation;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * One life of the engine's process, and its scheduler. Once it is dead nothing of it happens any more: tasks, requests,
 * commits and writes are swallowed, in the middle of whatever it was doing.
 */
final class Life implements Scheduler {
    private final VirtualTime time;
    private boolean alive = true;
    private long frozenUntil;
    private int touchesToDeath = Integer.MAX_VALUE;

    Life(VirtualTime time) {
        this.time = time;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    /** It dies with the n-th request, commit or write from now on, between this and whatever it would have done next. */
    void dieAtTouch(int n) {
        touchesToDeath = n;
    }

    /** It is about to do something that the world can see. @return false when it is dead */
    boolean touch() {
        if (alive && --touchesToDeath <= 0) {
            alive = false;
        }
        return alive;
    }

    /** The machine sleeps; what was due meanwhile happens when it wakes. */
    void freeze(long millis) {
        frozenUntil = time.nanos() + millis * 1_000_000;
    }

    long frozenUntil() {
        return frozenUntil;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return alive ? time.add(this, time.nanos() + time.hop(), task, 0) : Disposables.never();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return alive
                ? time.add(this, time.nanos() + Math.max(0, unit.toNanos(delay)) + time.hop(), task, 0)
                : Disposables.never();
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return alive
                ? time.add(this, time.nanos() + unit.toNanos(initialDelay), task, unit.toNanos(period))
                : Disposables.never();
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return new OneAfterTheOther();
    }

    @Override
    public void dispose() {
        // It goes on as long as the process: the scheduler is not the engine's.
    }

    /** What is given to it for "at once" is done in the order given. */
    private final class OneAfterTheOther implements Worker {
        private final Disposable.Composite tasks = Disposables.composite();
        private long last;
        private boolean disposed;

        @Override
        public Disposable schedule(Runnable task) {
            if (!alive || disposed) {
                return Disposables.disposed();
            }
            last = Math.max(last, time.nanos() + time.hop());
            return keep(time.add(Life.this, last, guarded(task), 0));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (!alive || disposed) {
                return Disposables.disposed();
            }
            return keep(Life.this.schedule(guarded(task), delay, unit));
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            if (!alive || disposed) {
                return Disposables.disposed();
            }
            Disposable periodical = Life.this.schedulePeriodically(guarded(task), initialDelay, period, unit);
            tasks.add(periodical);
            return periodical;
        }

        private Disposable keep(Disposable task) {
            return task;
        }

        private Runnable guarded(Runnable task) {
            return () -> {
                if (!disposed) {
                    task.run();
                }
            };
        }

        @Override
        public void dispose() {
            disposed = true;
            tasks.dispose();
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }
}
