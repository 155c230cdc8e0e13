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
@State(Scope.Benchmark)
public class FanOutBenchmark extends Bench {
    private static final int ACCOUNTS = 16;
    private static final int EACH = 250;
    private static final int MESSAGES = ACCOUNTS * EACH;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int QUEUE = 8_192;

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

    /** From the journals to all sinks. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public boolean deliver() throws InterruptedException {
        gate.tryEmitEmpty();
        if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(left.get() + " were not delivered");
        }
        return true;
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it takes too long");
            }
            TimeUnit.MICROSECONDS.sleep(200);
        }
    }

    /** Two threads put every object into the queue of each sink, and a thread for each takes them out. */
    @State(Scope.Benchmark)
    public static class Floor extends Bench {
        /** As many queues. */
        @Param({"1", "4", "16"})
        public int sinks;

        /** As many objects as there are messages above, from two threads. */
        @Benchmark
        @OperationsPerInvocation(MESSAGES)
        public boolean queues() throws InterruptedException {
            List<MpscArrayQueue<Object>> queues = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < sinks; i++) {
                var queue = new MpscArrayQueue<Object>(QUEUE);
                queues.add(queue);
                threads.add(new Thread(() -> {
                    for (int taken = 0; taken < MESSAGES; ) {
                        if (queue.poll() == null) {
                            Thread.yield();
                        } else {
                            taken++;
                        }
                    }
                }));
            }
            Object object = new Object();
            for (int producer = 0; producer < 2; producer++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < MESSAGES / 2; i++) {
                        for (MpscArrayQueue<Object> queue : queues) {
                            while (!queue.offer(object)) {
                                Thread.yield();
                            }
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            return true;
        }
    }
}
