package io.wxflux.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wxflux.internal.jfr.CycleEvent;
import io.wxflux.internal.pipeline.AccountPipeline.Turn;
import io.wxflux.internal.wire.SyncCheckScript.SyncSignal;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** While no recording runs, a turn of the cycle costs what it did before there were any. */
class CycleRecordTest {
    private static final int TURNS = 10_000;
    private static final int SMALLEST_OBJECT = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CycleRecord record = new CycleRecord("alice", Schedulers.immediate());
    private final SyncSignal signal = new SyncSignal(0, 0);
    private final Flux<Turn> turn = Flux.just(Turn.IDLE);
    private final Flux<Turn> recorded = record.of(turn);

    private long allocatedBy(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TURNS; i++) {
            work.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void plain() {
        turn.subscribe();
    }

    private void watched() {
        recorded.subscribe();
        record.polled("webpush.wx2.qq.com", signal);
        record.kept();
    }

    @Test
    void nothingIsAllocatedForATurnWhileNoRecordingRuns() {
        assertThat(CycleEvent.isOn()).isFalse();
        allocatedBy(this::plain);
        allocatedBy(this::watched);

        assertThat(allocatedBy(this::watched) - allocatedBy(this::plain))
                .isLessThan((long) TURNS * SMALLEST_OBJECT / 2);
    }
}
