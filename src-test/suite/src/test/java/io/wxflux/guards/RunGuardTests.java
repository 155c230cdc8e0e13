package io.wxflux.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** The guards are really on: each catches a planted offence. */
class RunGuardTests {
    @Test
    void aBlockingCallOnANonBlockingThreadIsAnError() {
        Mono<Object> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return new Object();
                })
                .subscribeOn(Schedulers.parallel());
        assertThatThrownBy(blocking::block).hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void aLeakedBufferIsCaught() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        List<String> caught = new ArrayList<>();
        for (int round = 0; round < 200 && caught.isEmpty(); round++) {
            leak();
            System.gc();
            // The detector reports when the next buffer is made.
            Unpooled.buffer(16).release();
            caught.addAll(RunGuard.take());
        }
        assertThat(caught).anyMatch(offence -> offence.contains("LEAK:"));
    }

    @Test
    void aDroppedErrorIsCaught() {
        Operators.onErrorDropped(new IllegalStateException("planted"), Context.empty());
        Queue<String> caught = RunGuard.take();
        assertThat(caught).anyMatch(offence -> offence.contains("planted"));
    }

    private static void leak() {
        ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.buffer(64);
        forgotten.writeByte(1);
    }
}
