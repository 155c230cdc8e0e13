package io.wxflux.simulation;

import io.wxflux.simulation.Simulation.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import reactor.core.scheduler.NonBlocking;

/** Runs many seeds, one on each core at a time. */
final class Seeds {
    private static final int MOST_FAILED = 20;

    private Seeds() {}

    static Simulation.Size size(String name) {
        return switch (name) {
            case "small" -> new Simulation.Size(5, Duration.ofMinutes(10));
            case "large" -> new Simulation.Size(20, Duration.ofHours(1));
            case "herd" -> new Simulation.Size(200, Duration.ofMinutes(14), true);
            case "crowd" -> new Simulation.Size(2_000, Duration.ofMinutes(14), true);
            default -> throw new IllegalArgumentException("small, large, herd or crowd, not " + name);
        };
    }

    /** What many seeds came to. */
    record Result(long seeds, List<Outcome> failed, long steps, long messages, long lives, long millis) {
        @Override
        public String toString() {
            return "simulated " + seeds + " seeds in " + millis / 1_000 + " s: " + failed.size() + " failed; "
                    + messages + " messages, " + (lives - seeds) + " restarts, " + steps + " steps";
        }
    }

    /** From the first on, until too many failed. */
    static Result run(Simulation.Size size, long seeds, Consumer<Outcome> onEach) {
        var next = new AtomicLong(1);
        var steps = new AtomicLong();
        var messages = new AtomicLong();
        var lives = new AtomicLong();
        var done = new AtomicLong();
        Queue<Outcome> failed = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        Runnable work = () -> {
            long seed = next.getAndIncrement();
            while (seed <= seeds && failed.size() < MOST_FAILED) {
                Outcome outcome = new Simulation(seed, size, null).run();
                done.incrementAndGet();
                steps.addAndGet(outcome.steps());
                messages.addAndGet(outcome.messages());
                lives.addAndGet(outcome.lives());
                if (!outcome.isClean()) {
                    failed.add(outcome);
                }
                onEach.accept(outcome);
                seed = next.getAndIncrement();
            }
        };
        List<Thread> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .<Thread>mapToObj(i -> new Simulated(work, "simulation-" + i))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(Seeds::join);
        return new Result(
                done.get(),
                List.copyOf(failed),
                steps.get(),
                messages.get(),
                lives.get(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the engine's threads are: a call that blocks is an error on it. */
    private static final class Simulated extends Thread implements NonBlocking {
        Simulated(Runnable work, String name) {
            super(work, name);
        }
    }

    /** A line a minute. */
    static final class Progress implements Consumer<Outcome> {
        private final long seeds;
        private final long began = System.nanoTime();
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong minutes = new AtomicLong();

        Progress(long seeds) {
            this.seeds = seeds;
        }

        @Override
        public void accept(Outcome outcome) {
            long count = done.incrementAndGet();
            long minute = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - began);
            if (minute > minutes.get() && minutes.getAndSet(minute) < minute) {
                System.out.println("simulated " + count + " of " + seeds + " seeds after " + minute + " min");
            }
        }
    }
}
