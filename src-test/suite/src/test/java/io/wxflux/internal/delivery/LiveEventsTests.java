package io.wxflux.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.EventsMissedException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Looking on: bounded for each, harmless for all others. */
class LiveEventsTests {
    private static final AccountId ALICE = AccountId.of("alice");

    private static EventHead head(String id) {
        return new EventHead(ALICE, id, Instant.EPOCH, OptionalLong.empty());
    }

    @Test
    void onlyTheSubscriberThatFallsBehindIsToldSo() {
        var live = new LiveEvents();
        List<AccountEvent> fast = new ArrayList<>();
        live.flux().subscribe(fast::add);
        var failure = new AtomicReference<Throwable>();
        List<AccountEvent> seen = new ArrayList<>();
        var slow = new BaseSubscriber<AccountEvent>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

            @Override
            protected void hookOnNext(AccountEvent event) {
                seen.add(event);
            }

            @Override
            protected void hookOnError(Throwable error) {
                failure.set(error);
            }
        };
        live.flux().subscribe(slow);
        for (int i = 0; i < 5_000; i++) {
            live.publish(new Lifecycle.Stopped(head("e" + i)));
        }
        slow.request(Long.MAX_VALUE);

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        EventsMissedException.class,
                        missed -> assertThat(missed.missed()).isEqualTo(5_000 - LiveEvents.BUFFER));
        assertThat(seen).as("all before the first that was missed").hasSize(LiveEvents.BUFFER);
        assertThat(fast).hasSize(5_000);
        List<AccountEvent> again = new ArrayList<>();
        live.flux().subscribe(again::add);
        live.publish(new Lifecycle.Stopped(head("last")));
        assertThat(again).hasSize(1);
    }

    @Test
    void aSubscriberThatKeepsUpAgainBeforeItOverflowsMissesNothing() {
        var live = new LiveEvents();
        StepVerifier.create(live.flux(), 0)
                .then(() -> publish(live, LiveEvents.BUFFER))
                .thenRequest(LiveEvents.BUFFER)
                .expectNextCount(LiveEvents.BUFFER)
                .then(() -> publish(live, LiveEvents.BUFFER))
                .thenRequest(LiveEvents.BUFFER)
                .expectNextCount(LiveEvents.BUFFER)
                .thenCancel()
                .verify();
        assertThat(live.isIdle()).isTrue();
    }

    private static void publish(LiveEvents live, int count) {
        for (int i = 0; i < count; i++) {
            live.publish(new Lifecycle.Stopped(head("e" + i)));
        }
    }

    @Test
    void whatIsJournaledIsNotAmongWhatIsLiveOnly() {
        var live = new LiveEvents();
        StepVerifier.create(live.liveOnly().map(AccountEvent::type))
                .then(() -> {
                    live.publish(new Lifecycle.Ready(head("a"), 1, 1));
                    live.publish(new Lifecycle.Stopped(head("b")));
                    live.complete();
                })
                .expectNext("wx.account.stopped")
                .verifyComplete();
    }

    @Test
    void whoComesAfterTheEndSeesItsEnd() {
        var live = new LiveEvents();
        live.complete();
        StepVerifier.create(live.flux()).expectComplete().verify(java.time.Duration.ofSeconds(5));
        StepVerifier.create(live.liveOnly()).expectComplete().verify(java.time.Duration.ofSeconds(5));
    }

    @Test
    void manyThreadsMayPublishAtOnce() {
        int each = LiveEvents.BUFFER / 4;
        var live = new LiveEvents();
        List<AccountEvent> seen = new ArrayList<>();
        live.flux().subscribe(seen::add);
        Flux.range(0, 4)
                .flatMap(thread -> Flux.range(0, each)
                        .doOnNext(i -> live.publish(new Lifecycle.Stopped(head("e" + i))))
                        .then()
                        .subscribeOn(Schedulers.parallel()))
                .blockLast();
        assertThat(seen).as("no more than the buffer holds, whoever drains it").hasSize(4 * each);
    }
}
