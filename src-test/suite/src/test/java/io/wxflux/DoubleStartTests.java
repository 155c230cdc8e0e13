package io.wxflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.options.AccountSpec;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two polls of one account would take each other's messages: of however many starts, one is one. */
class DoubleStartTests {
    private static final int STARTS = 1_000;

    private final Story story = new Story();
    private final ModelAccount alice = story.server.account("alice");

    @AfterEach
    void nothingIsObjectedTo() {
        story.end();
    }

    @Test
    void ofAThousandStartsOfAnAccountOneIsOne() throws Exception {
        story.start().seconds(1);
        AtomicInteger added = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < STARTS; i++) {
            threads.submit(() -> {
                start.await();
                story.engine()
                        .add(AccountSpec.of("alice"))
                        .subscribe(done -> {}, error -> refused.incrementAndGet(), added::incrementAndGet);
                return null;
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        story.seconds(60);

        assertThat(added).hasValue(1);
        assertThat(refused).hasValue(STARTS - 1);
        assertThat(story.state("alice")).isEqualTo(AccountState.SYNCING);
        assertThat(alice.logins()).isEqualTo(1);
        alice.receives("once");
        story.seconds(1);
        assertThat(story.sink.texts("alice")).containsExactly("once");
    }

    @Test
    void ofManyRunsOfAnEngineOneIsOne() {
        story.account("alice").start().seconds(30);
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < STARTS; i++) {
            story.engine().run().subscribe(done -> {}, error -> refused.incrementAndGet());
        }
        story.seconds(30);
        assertThat(refused).hasValue(STARTS);
        assertThat(alice.logins()).isEqualTo(1);
    }
}
