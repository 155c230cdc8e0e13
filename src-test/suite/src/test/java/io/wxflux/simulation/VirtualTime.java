package io.wxflux.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The clock and the only thread of a simulation. What is due is done in the order of its time; what the engine does "at
 * once" on its scheduler is put off by a few microseconds drawn from the seed, so that each seed is another interleaving
 * of what real threads do.
 */
final class VirtualTime {
    private static final long UNTIL_2023 = TimeUnit.SECONDS.toNanos(1_700_000_000);

    private final PriorityQueue<Task> queue = new PriorityQueue<>(1024);
    private final SplittableRandom random;
    private final int longestHop;
    private long now = UNTIL_2023;
    private long sequence;
    private long steps;

    VirtualTime(SplittableRandom random, int longestHopNanos) {
        this.random = random;
        this.longestHop = longestHopNanos;
    }

    long nanos() {
        return now;
    }

    /** Milliseconds of unix time. */
    long millis() {
        return now / 1_000_000;
    }

    /** Milliseconds since the simulation began. */
    long elapsed() {
        return (now - UNTIL_2023) / 1_000_000;
    }

    long steps() {
        return steps;
    }

    /** Of the world: it happens whatever lives. */
    Disposable in(long millis, Runnable task) {
        return add(null, now + millis * 1_000_000, task, 0);
    }

    /** Of a process: it happens if that lives and is not frozen. */
    Disposable in(Life life, long millis, Runnable task) {
        return add(life, now + millis * 1_000_000, task, 0);
    }

    Task add(@Nullable Life life, long due, Runnable task, long period) {
        var added = new Task(life, due, sequence++, task, period);
        queue.add(added);
        return added;
    }

    /** Of a process: when whatever it does "at once" from now on is done. */
    Disposable afterHops(Life life, Runnable task) {
        return add(life, now + longestHop, task, 0);
    }

    long hop() {
        return longestHop == 0 ? 0 : random.nextInt(longestHop);
    }

    /** Does the next thing. @return false when nothing is left */
    boolean step() {
        Task next = queue.poll();
        if (next == null) {
            return false;
        }
        if (next.disposed) {
            return true;
        }
        now = Math.max(now, next.due);
        Life life = next.life;
        if (life != null) {
            if (!life.isAlive()) {
                return true;
            }
            if (life.frozenUntil() > now) {
                next.due = life.frozenUntil();
                queue.add(next);
                return true;
            }
        }
        steps++;
        next.run();
        return true;
    }

    final class Task implements Disposable, Comparable<Task> {
        private final @Nullable Life life;
        private final long order;
        private final long number;
        private final Runnable work;
        private final long period;
        private long due;
        private boolean disposed;

        private Task(@Nullable Life life, long due, long number, Runnable work, long period) {
            this.life = life;
            this.due = due;
            this.order = due;
            this.number = number;
            this.work = work;
            this.period = period;
        }

        private void run() {
            if (period == 0) {
                disposed = true;
                work.run();
                return;
            }
            work.run();
            if (!disposed) {
                due += period;
                queue.add(this);
            }
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(due, other.due);
            if (byTime != 0) {
                return byTime;
            }
            int byOrder = Long.compare(order, other.order);
            return byOrder != 0 ? byOrder : Long.compare(number, other.number);
        }
    }
}
