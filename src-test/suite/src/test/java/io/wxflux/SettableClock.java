package io.wxflux;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The clock of a machine in a {@link Story}: its time of day may be set, as real schedulers tell it in milliseconds and
 * coarser, while its steady clock, told in finer units, goes on; and it may sleep, so that all timers fire late.
 */
final class SettableClock implements Scheduler {
    private final VirtualTimeScheduler time;
    private final Deque<Runnable> late = new ArrayDeque<>();
    private Duration wrong = Duration.ZERO;
    private boolean asleep;

    SettableClock(VirtualTimeScheduler time) {
        this.time = time;
    }

    /** Somebody sets the time of day: by so much more than it was. */
    void jump(Duration by) {
        wrong = wrong.plus(by);
    }

    /** Nothing runs from now on. */
    void sleep() {
        asleep = true;
    }

    /** Everything that should have run meanwhile runs now. */
    void wake() {
        asleep = false;
        while (!late.isEmpty()) {
            late.poll().run();
        }
    }

    private Runnable whenAwake(Runnable task) {
        return () -> {
            if (asleep) {
                late.add(task);
            } else {
                task.run();
            }
        };
    }

    @Override
    public long now(TimeUnit unit) {
        long virtual = time.now(unit);
        return unit.compareTo(TimeUnit.MILLISECONDS) >= 0 ? virtual + unit.convert(wrong) : virtual;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(whenAwake(task));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return time.schedule(whenAwake(task), delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long first, long period, TimeUnit unit) {
        return time.schedulePeriodically(whenAwake(task), first, period, unit);
    }

    @Override
    public Worker createWorker() {
        Worker worker = time.createWorker();
        return new Worker() {
            @Override
            public Disposable schedule(Runnable task) {
                return worker.schedule(whenAwake(task));
            }

            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return worker.schedule(whenAwake(task), delay, unit);
            }

            @Override
            public Disposable schedulePeriodically(Runnable task, long first, long period, TimeUnit unit) {
                return worker.schedulePeriodically(whenAwake(task), first, period, unit);
            }

            @Override
            public void dispose() {
                worker.dispose();
            }

            @Override
            public boolean isDisposed() {
                return worker.isDisposed();
            }
        };
    }
}
