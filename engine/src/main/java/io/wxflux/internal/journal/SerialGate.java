package io.wxflux.internal.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets operations happen one after the other, in the order of subscription. One that has begun runs to its end even if
 * its subscriber leaves.
 */
public final class SerialGate {
    private final Queue<Sinks.Empty<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();
    private volatile boolean taken;

    public <T> Mono<T> inTurn(Supplier<Mono<T>> operation) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> turn = Sinks.empty();
            waiting.add(turn);
            handOn();
            // cache(): a cancelled subscriber does not cancel what it has begun, nor hold up whoever waits behind it.
            return turn.asMono()
                    .then(Mono.defer(operation))
                    .doFinally(signal -> {
                        taken = false;
                        handOn();
                    })
                    .cache();
        });
    }

    /** A loop and no recursion: operations that end at once, one behind the other, would grow the stack. */
    private void handOn() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            Sinks.Empty<Void> next = taken ? null : waiting.poll();
            while (next != null) {
                taken = true;
                next.tryEmitEmpty();
                next = taken ? null : waiting.poll();
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }
}
