package io.wxflux;

import io.wxflux.bench.Bench;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * What does one cycle of an account cost without a network: a synccheck that brings nothing, and one that brings messages
 * which are journaled in memory, decoded and handed to a sink? Everything the engine does beside is in it: deadlines, cursors,
 * upkeep. Time is virtual and one thread does all of it.
 */
@State(Scope.Benchmark)
public class CycleOverheadBenchmark extends Bench {
    private static final int ACCOUNTS = 100;
    private static final Duration HOLD = Duration.ofSeconds(25);
    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final LongAdder delivered = new LongAdder();
    private VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private BenchService service = new BenchService(time);
    private BenchEngine engine = new BenchEngine(service, time, 0, List.of());

    /** Signs everybody in. */
    @Setup
    public void prepare() {
        time = VirtualTimeScheduler.create();
        time.advanceTimeBy(Duration.ofSeconds(1_700_000_000));
        service = new BenchService(time);
        EventSink sink = new EventSink() {
            @Override
            public Mono<Void> write(EventBatch batch) {
                delivered.add(batch.events().size());
                return Mono.empty();
            }
        };
        engine = new BenchEngine(service, time, ACCOUNTS, List.of(SinkSpec.of("sink", sink)));
        engine.start();
        for (int i = 0; i < 300 && !engine.isReady(); i++) {
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        if (!engine.isReady()) {
            throw new IllegalStateException("not signed in: " + engine.states());
        }
        time.advanceTimeBy(HOLD);
        long before = delivered.sum();
        news1();
        if (delivered.sum() - before != ACCOUNTS) {
            throw new IllegalStateException("not delivered: " + (delivered.sum() - before) + " of " + ACCOUNTS);
        }
    }

    /** Puts the engine away. */
    @TearDown
    public void end() {
        engine.end();
    }

    /** A poll that was held to its end and brought nothing, and the next one. */
    @Benchmark
    @OperationsPerInvocation(ACCOUNTS)
    public long idle() {
        time.advanceTimeBy(HOLD);
        return time.now(TimeUnit.MILLISECONDS);
    }

    /** A poll, one message, and the next poll. */
    @Benchmark
    @OperationsPerInvocation(ACCOUNTS)
    public long news1() {
        return news(1);
    }

    /** A poll, 20 messages, and the next poll. */
    @Benchmark
    @OperationsPerInvocation(ACCOUNTS)
    public long news20() {
        return news(20);
    }

    private long news(int messages) {
        service.push(messages);
        time.advanceTimeBy(A_WHILE);
        return delivered.sum();
    }
}
