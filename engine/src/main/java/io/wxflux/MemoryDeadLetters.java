package io.wxflux;

import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/** The newest dead letters, for engines that keep nothing. */
final class MemoryDeadLetters implements DeadLetterStore {
    private static final int MOST = 1_000;

    private final Queue<DeadLetter> letters = new ConcurrentLinkedQueue<>();

    @Override
    public Mono<Void> add(DeadLetter letter) {
        return Mono.fromRunnable(() -> {
            letters.add(letter);
            if (letters.size() > MOST) {
                letters.poll();
            }
        });
    }
}
