package io.wxflux;

import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.KeptLetter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The newest dead letters, for engines that keep nothing. */
final class MemoryDeadLetters implements DeadLetterStore {
    private static final int MOST = 1_000;

    private final Queue<KeptLetter> letters = new ConcurrentLinkedQueue<>();

    @Override
    public Mono<Void> add(DeadLetter letter) {
        return Mono.fromRunnable(() -> {
            KeptLetter kept = letter.kept();
            letters.removeIf(kept::isSame);
            letters.add(kept);
            if (letters.size() > MOST) {
                letters.poll();
            }
        });
    }

    @Override
    public Flux<KeptLetter> letters() {
        return Flux.fromIterable(letters);
    }

    @Override
    public Mono<Void> remove(KeptLetter letter) {
        return Mono.fromRunnable(() -> letters.removeIf(letter::isSame));
    }
}
