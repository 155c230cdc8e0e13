package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.options.HttpOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class HostGuardTest {
    /** Event loops may not wait for each other: BlockHound throws at the first that does. */
    @Test
    void whenTheRestOfAHostIsOverOneOfManyThreadsTriesItAndNoneWaits() throws Exception {
        int threads = 8;
        Scheduler loops = Schedulers.newParallel("loops", threads);
        try {
            for (int round = 0; round < 300; round++) {
                VirtualTimeScheduler clock = VirtualTimeScheduler.create();
                HostGuard guard = new HostGuards(HttpOptions.defaults(), clock, new Random(round)).of("push.example");
                for (int i = 0; i < 3; i++) {
                    fail(guard);
                }
                assertThat(guard.admit(false)).isNull();
                clock.advanceTimeBy(Duration.ofSeconds(2));

                Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
                Queue<HostGuard.Call> calls = new ConcurrentLinkedQueue<>();
                CountDownLatch left = new CountDownLatch(threads);
                List<Runnable> askers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    askers.add(() -> {
                        try {
                            HostGuard.Call call = guard.admit(false);
                            if (call != null) {
                                calls.add(call);
                            }
                        } catch (Throwable e) {
                            errors.add(e);
                        } finally {
                            left.countDown();
                        }
                    });
                }
                askers.forEach(loops::schedule);
                assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(errors).isEmpty();
                assertThat(calls).hasSize(1);
            }
        } finally {
            loops.dispose();
        }
    }

    private static void fail(HostGuard guard) {
        HostGuard.Call call = Objects.requireNonNull(guard.admit(false));
        call.poll(Mono.error(HostUnreachableException.neverSent("refused")), false, () -> {})
                .onErrorComplete()
                .block();
    }
}
