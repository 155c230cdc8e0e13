package io.wxflux.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Many feeders, one subscriber: nothing is lost, nothing waits for ever. */
class ReadyQueueTests {
    private static final int FEEDERS = 4;
    private static final int EACH = 20_000;

    @Test
    void whatManyThreadsOfferArrivesOnceAndInTheOrderOfEachThread() throws InterruptedException {
        var queue = new ReadyQueue<Integer>();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        var done = new AtomicInteger();
        queue.publishOn(Schedulers.parallel(), 1).subscribe(seen::add, error -> {}, done::incrementAndGet);
        List<Thread> feeders = new ArrayList<>();
        for (int feeder = 0; feeder < FEEDERS; feeder++) {
            int base = feeder * EACH;
            var thread = new Thread(() -> {
                for (int i = 0; i < EACH; i++) {
                    queue.offer(base + i);
                }
            });
            feeders.add(thread);
            thread.start();
        }
        for (Thread thread : feeders) {
            thread.join();
        }
        queue.complete();
        Await.until(() -> done.get() == 1);

        assertThat(seen).hasSize(FEEDERS * EACH);
        int[] last = new int[FEEDERS];
        java.util.Arrays.fill(last, -1);
        for (int value : seen) {
            assertThat(value % EACH).isEqualTo(++last[value / EACH]);
        }
    }

    @Test
    void aSubscriberThatIsBusyIsNotForgotten() {
        var queue = new ReadyQueue<Integer>();
        var worked = new AtomicInteger();
        queue.flatMap(value -> Mono.fromRunnable(worked::incrementAndGet).subscribeOn(Schedulers.parallel()), 3, 1)
                .subscribe();
        Flux.range(0, FEEDERS)
                .flatMap(feeder ->
                        Flux.range(0, EACH).doOnNext(queue::offer).then().subscribeOn(Schedulers.parallel()))
                .blockLast(Duration.ofSeconds(20));
        Await.until(() -> worked.get() == FEEDERS * EACH);
        assertThat(worked).hasValue(FEEDERS * EACH);
    }

    @Test
    void aQueueThatIsCompleteBeforeItsSubscriberStillHandsOutWhatItHolds() {
        var queue = new ReadyQueue<String>();
        queue.offer("a");
        queue.complete();
        StepVerifier.create(queue, 0)
                .expectSubscription()
                .thenRequest(1)
                .expectNext("a")
                .verifyComplete();
        StepVerifier.create(queue).verifyError(IllegalStateException.class);
    }

    @Test
    void whatIsOfferedBehindTheEndIsRefused() {
        var queue = new ReadyQueue<String>();
        assertThat(queue.offer("a")).isTrue();
        queue.complete();
        assertThat(queue.offer("b")).isFalse();
        StepVerifier.create(queue).expectNext("a").verifyComplete();
    }

    /** Each offer that races with the end is either handed out or refused, never both and never neither. */
    @Test
    void anOfferThatMeetsTheEndIsHandedOutOrRefused() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            var queue = new ReadyQueue<Integer>();
            Queue<Integer> seen = new ConcurrentLinkedQueue<>();
            queue.subscribe(seen::add);
            Queue<Integer> taken = new ConcurrentLinkedQueue<>();
            var feeder = new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    if (queue.offer(i)) {
                        taken.add(i);
                    }
                }
            });
            feeder.start();
            queue.complete();
            feeder.join();
            assertThat(seen).containsExactlyElementsOf(taken);
        }
    }

    @Test
    void aCancelledQueueHandsOutNothingMore() {
        var queue = new ReadyQueue<String>();
        StepVerifier.create(queue)
                .then(() -> queue.offer("a"))
                .expectNext("a")
                .thenCancel()
                .verify();
        queue.offer("b");
        queue.complete();
    }
}
