package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.DetailedMessage;
import io.wxflux.model.Lazily;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyDetailsTest {
    private static final UserName ME = UserName.of(SampleMessages.SELF);

    @Test
    void nothingIsDoneBeforeSomebodyAsksAndOnceIsEnough() {
        var times = new AtomicInteger();
        Lazily<String> lazily = Lazily.by(() -> {
            times.incrementAndGet();
            return new Lazily.Outcome<>("done", "a note");
        });
        assertThat(lazily).isEqualTo(Lazily.of("other")).hasToString("...").hasSameHashCodeAs(Lazily.of("other"));
        assertThat(times).hasValue(0);
        assertThat(lazily.value()).isEqualTo("done");
        assertThat(lazily.note()).isEqualTo("a note");
        assertThat(times).hasValue(1);
    }

    /** A document that takes long to read is not read by those who only pass it on. */
    @Test
    void decodingAndComparingAMessageDoesNotReadIt() {
        var hostile = new StringBuilder("<msg");
        while (hostile.length() < 60_000) {
            hostile.append(" x").append(hostile.length()).append("=''");
        }
        RawMessage raw = SampleMessages.raw(
                SampleMessages.message(10, 3, 0, SampleMessages.ALICE, SampleMessages.xml(hostile + "/>")));
        long read = nanos(() -> MessageDecoder.decode(raw, ME).note());
        long passed = nanos(() -> {
            Message message = MessageDecoder.decode(raw, ME);
            assertThat(message.kind().suffix() + message.equals(MessageDecoder.decode(raw, ME)) + message)
                    .isNotEmpty();
        });
        assertThat(passed).isLessThan(read / 2);
    }

    /** The best of many: what others do on the machine only adds to it. */
    private static long nanos(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (String json : SampleMessages.all().values()) {
                Message message = MessageDecoder.decode(SampleMessages.raw(json), ME);
                if (message instanceof DetailedMessage<?> detailed) {
                    var start = new CountDownLatch(1);
                    List<Future<Record>> answers = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        answers.add(threads.submit(() -> {
                            start.await();
                            return detailed.details();
                        }));
                    }
                    start.countDown();
                    for (Future<Record> answer : answers) {
                        assertThat(answer.get()).isEqualTo(detailed.details());
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
