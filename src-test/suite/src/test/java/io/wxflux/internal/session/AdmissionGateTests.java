package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** So many at a time, first come first served, and no place is ever lost. */
class AdmissionGateTests {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AdmissionGate gate = new AdmissionGate(2, time);
    private final List<String> begun = new ArrayList<>();

    private Mono<String> login(String name) {
        return gate.admit(() -> {
            begun.add(name);
            return Mono.delay(Duration.ofSeconds(10), time).thenReturn(name);
        });
    }

    @Test
    void soManyAtATimeInTheOrderOfTheirComing() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            login(name).subscribe();
        }
        time.advanceTimeBy(Duration.ofSeconds(9));
        assertThat(begun).containsExactly("a", "b");
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(begun).containsExactly("a", "b", "c", "d");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(begun).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void soManyASecondAndNeverInStep() {
        var paced = new AdmissionGate(1_000, 10, new SplittableRandom(3), time);
        List<Long> entered = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            paced.admit(() -> Mono.fromRunnable(() -> entered.add(time.now(TimeUnit.MILLISECONDS))))
                    .subscribe();
        }
        time.advanceTimeBy(Duration.ofSeconds(20));

        assertThat(entered).hasSize(100);
        List<Long> gaps = IntStream.range(1, 100)
                .mapToObj(i -> entered.get(i) - entered.get(i - 1))
                .toList();
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(100L, 125L));
        assertThat(gaps.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void whoComesLaterThanThePaceIsLetInAtOnce() {
        var paced = new AdmissionGate(1, 1, new SplittableRandom(3), time);
        for (int i = 0; i < 3; i++) {
            paced.admit(() -> Mono.fromRunnable(() -> begun.add("x"))).subscribe();
            time.advanceTimeBy(Duration.ofSeconds(2));
            assertThat(begun).hasSize(i + 1);
        }
    }

    @Test
    void whoeverGivesUpPassesThePlaceOn() {
        Disposable inside = login("a").subscribe();
        login("b").subscribe();
        Disposable waiting = login("c").subscribe();
        login("d").subscribe();
        time.advanceTimeBy(Duration.ofSeconds(1));
        waiting.dispose();
        inside.dispose();
        time.advanceTimeBy(Duration.ZERO);
        assertThat(begun).containsExactly("a", "b", "d");
    }

    @Test
    void anErrorGivesThePlaceBack() {
        for (int i = 0; i < 5; i++) {
            gate.admit(() -> Mono.error(new IllegalStateException("no")))
                    .onErrorComplete()
                    .subscribe();
            gate.admit(() -> {
                        throw new IllegalStateException("no");
                    })
                    .onErrorComplete()
                    .subscribe();
        }
        login("a").subscribe();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(begun).containsExactly("a");
    }

    @Test
    void comingGoingAndGivingUpOnManyThreadsLosesNoPlace() {
        var busy = new AdmissionGate(3, Schedulers.parallel());
        var inside = new AtomicInteger();
        var tooMany = new AtomicInteger();
        Flux.range(0, 3_000)
                .flatMap(
                        i -> {
                            int mood = ThreadLocalRandom.current().nextInt(3);
                            Mono<Integer> operation = busy.admit(() -> {
                                if (inside.incrementAndGet() > 3) {
                                    tooMany.incrementAndGet();
                                }
                                return Mono.fromSupplier(() -> i).doFinally(signal -> inside.decrementAndGet());
                            });
                            // Whoever gives up may do so while the value is on its way; losing it is the point here.
                            return (mood == 0 ? operation.timeout(Duration.ofNanos(20_000), Mono.empty()) : operation)
                                    .contextWrite(
                                            Context.of("reactor.onNextDropped.local", (Consumer<Object>) dropped -> {}))
                                    .subscribeOn(Schedulers.parallel());
                        },
                        64,
                        1)
                .blockLast(Duration.ofSeconds(20));
        assertThat(tooMany).hasValue(0);

        var after = new AtomicInteger();
        List<Disposable> last = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            last.add(busy.admit(() -> Mono.fromSupplier(after::incrementAndGet).then(Mono.never()))
                    .subscribe());
        }
        io.wxflux.testkit.Await.until(() -> after.get() == 3);
        last.forEach(Disposable::dispose);
    }
}
