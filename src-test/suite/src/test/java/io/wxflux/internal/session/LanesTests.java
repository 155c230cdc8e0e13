package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What goes to one conversation follows in order, and holds up no other one. */
class LanesTests {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Lanes lanes = new Lanes();
    private final List<String> ended = new ArrayList<>();

    private Mono<String> slow(String to, String what) {
        return lanes.inTurn(
                UserName.of(to),
                () -> Mono.delay(Duration.ofSeconds(10), time).thenReturn(what).doOnNext(ended::add));
    }

    @Test
    void oneConversationIsInOrderAndHundredsDoNotWaitForIt() {
        slow("@a", "a1").subscribe();
        slow("@a", "a2").subscribe();
        for (int i = 0; i < 300; i++) {
            lanes.inTurn(UserName.of("@other" + i), () -> Mono.fromRunnable(() -> ended.add("other")))
                    .subscribe();
        }
        assertThat(ended).hasSize(300).containsOnly("other");
        ended.clear();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(ended).containsExactly("a1");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(ended).containsExactly("a1", "a2");
    }

    @Test
    void aLaneIsThereOnlyAsLongAsSomethingIsInIt() {
        slow("@a", "a1").subscribe();
        // Who gives up does not stop what it asked for, nor what is behind it.
        slow("@a", "a2").subscribe().dispose();
        lanes.inTurn(UserName.of("@b"), () -> Mono.error(new IllegalStateException("no")))
                .onErrorComplete()
                .subscribe();
        lanes.inTurn(UserName.of("@b"), () -> {
                    throw new IllegalStateException("no");
                })
                .onErrorComplete()
                .subscribe();
        assertThat(lanes.size()).isEqualTo(1);
        time.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(ended).containsExactly("a1", "a2");
        assertThat(lanes.size()).isZero();
    }
}
