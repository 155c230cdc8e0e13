package io.wxflux.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One after the other, to the end, whoever leaves. */
class SerialGateTests {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SerialGate gate = new SerialGate();
    private final List<String> done = new ArrayList<>();

    private Mono<String> work(String name) {
        return gate.inTurn(() -> Mono.delay(Duration.ofSeconds(1), time).map(tick -> {
            done.add(name);
            return name;
        }));
    }

    @Test
    void operationsHappenInTheOrderOfSubscription() {
        var later = work("later");
        work("a").subscribe();
        work("b").subscribe();
        later.subscribe();
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(done).containsExactly("a", "b");
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(done).containsExactly("a", "b", "later");
    }

    @Test
    void whatHasBegunEndsAndHoldsNobodyUpThoughItsSubscriberHasLeft() {
        Disposable first = work("a").subscribe();
        Disposable second = work("b").subscribe();
        work("c").subscribe();
        first.dispose();
        second.dispose();
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void anErrorIsItsOwnersAlone() {
        Mono<String> failing = gate.inTurn(() -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(failing::block).hasMessage("no");
        work("a").subscribe();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(done).containsExactly("a");
    }

    @Test
    void manyThreadsNeverMeetInside() {
        var inside = new AtomicInteger();
        var count = new AtomicInteger();
        var met = new AtomicInteger();
        Flux.range(0, 4)
                .flatMap(thread -> Flux.range(0, 2_000)
                        .concatMap(i -> gate.inTurn(() -> Mono.fromRunnable(() -> {
                            if (inside.incrementAndGet() != 1) {
                                met.incrementAndGet();
                            }
                            count.incrementAndGet();
                            inside.decrementAndGet();
                        })))
                        .then()
                        .subscribeOn(Schedulers.parallel()))
                .blockLast(Duration.ofSeconds(20));
        assertThat(met).hasValue(0);
        assertThat(count).hasValue(8_000);
    }

    @Test
    void aLongQueueDoesNotOverflowTheStack() {
        work("first").subscribe();
        var ran = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            gate.inTurn(() -> Mono.fromRunnable(ran::incrementAndGet)).subscribe();
        }
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(ran).hasValue(20_000);
    }
}
