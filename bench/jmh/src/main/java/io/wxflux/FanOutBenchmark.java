package io.wxflux;

import io.wxflux.bench.Bench;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jctools.queues.MpscArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * How long does a journaled message take to every one of its sinks, reading and decoding included, when a backlog of many
 * accounts is let go at once, beside objects that are ready made going through one bounded queue of many producers for each
 * sink? Divide by the number of sinks for a delivery.
 */
public class FanOutBenchmark extends Bench {
    private static final int ACCOUNTS = 16;
    private static final int EACH = 250;
    private static final int MESSAGES = ACCOUNTS * EACH;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int QUEUE = 8_192;

    /** From the journals to all sinks. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public boolean deliver(Backlog backlog) throws InterruptedException {
        backlog.gate.tryEmitEmpty();
        if (!backlog.done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(backlog.left.get() + " were not delivered");
        }
        return true;
    }

    /** As many objects into the queue of each sink by two threads, and out of it by one. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public boolean floorQueues(Queues queues) throws InterruptedException {
        queues.run();
        return true;
    }

    /** Queues and their threads, made anew each time. */
    @State(Scope.Benchmark)
    public static class Queues {
        /** As many queues. */
        @Param({"1", "4", "16"})
        public int sinks;

        void run() throws InterruptedException {
            List<MpscArrayQueue<Object>> queues = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < sinks; i++) {
                var queue = new MpscArrayQueue<Object>(QUEUE);
                queues.add(queue);
                threads.add(new Thread(() -> drain(queue)));
            }
            for (int producer = 0; producer < 2; producer++) {
                threads.add(new Thread(() -> fill(queues)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static void drain(MpscArrayQueue<Object> queue) {
            int taken = 0;
            while (taken < MESSAGES) {
                if (queue.poll() == null) {
                    Thread.yield();
                } else {
                    taken++;
                }
            }
        }

        private static void fill(List<MpscArrayQueue<Object>> queues) {
            for (int i = 0; i < MESSAGES / 2; i++) {
                for (MpscArrayQueue<Object> queue : queues) {
                    while (!queue.offer(queues)) {
                        Thread.yield();
                    }
                }
            }
        }
    }

    /** An engine whose sinks wait until they are let go. */
    @State(Scope.Benchmark)
    public static class Backlog {
        /** All of them take everything. */
        @Param({"1", "4", "16"})
        public int sinks;

        /** Whether one more takes 1 ms for each batch; nobody waits for that one. */
        @Param({"false", "true"})
        public boolean slow;

        private BenchService service = new BenchService(Schedulers.parallel());
        private BenchEngine engine = new BenchEngine(service, Schedulers.parallel(), 0, List.of());
        private final AtomicInteger left = new AtomicInteger();
        private volatile Sinks.Empty<Void> gate = Sinks.empty();
        private volatile CountDownLatch done = new CountDownLatch(0);

        private final class Counting implements EventSink {
            @Override
            public Mono<Void> write(EventBatch batch) {
                return gate.asMono()
                        .doOnTerminate(() -> count((int) batch.events().stream()
                                .filter(event -> event.type().startsWith("wx.message"))
                                .count()));
            }
        }

        private static final class Slow implements EventSink {
            @Override
            public Mono<Void> write(EventBatch batch) {
                return Mono.delay(Duration.ofMillis(1)).then();
            }
        }

        private void count(int delivered) {
            if (left.addAndGet(-delivered) <= 0) {
                done.countDown();
            }
        }

        /** Signs everybody in. */
        @Setup
        public void prepare() throws InterruptedException {
            service = new BenchService(Schedulers.parallel());
            List<SinkSpec> all = new ArrayList<>();
            for (int i = 0; i < sinks; i++) {
                all.add(SinkSpec.of("sink-" + i, new Counting()));
            }
            if (slow) {
                all.add(SinkSpec.of("slow", new Slow()));
            }
            engine = new BenchEngine(service, Schedulers.parallel(), ACCOUNTS, all);
            gate.tryEmitEmpty();
            engine.start();
            await(engine::isReady);
        }

        /** Fills the journals while no sink takes anything. */
        @Setup(Level.Invocation)
        public void backlog() throws InterruptedException {
            gate = Sinks.empty();
            done = new CountDownLatch(1);
            left.set(MESSAGES * sinks);
            long before = engine.received();
            service.push(EACH);
            await(() -> engine.received() - before >= MESSAGES);
        }

        /** Puts the engine away. */
        @TearDown
        public void end() {
            engine.end();
        }

        private static void await(BooleanSupplier condition) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("it takes too long");
                }
                TimeUnit.MICROSECONDS.sleep(200);
            }
        }
    }
}
