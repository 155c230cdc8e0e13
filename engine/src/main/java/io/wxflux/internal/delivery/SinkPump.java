package io.wxflux.internal.delivery;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.model.AccountId;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Runs the lanes of one sink: those with something to hand over, at most so many accounts at once. */
final class SinkPump {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.delivery");

    /** Accounts a sink serves at the same time. */
    static final int CONCURRENCY = 256;

    private final SinkSpec spec;
    private final DeliveryOptions options;
    private final DeadLetterStore deadLetters;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final ReadyQueue<Lane> ready = new ReadyQueue<>();
    private final ReadyQueue<Sleeper> asleep = new ReadyQueue<>();
    private final Sinks.Empty<Void> completed = Sinks.empty();

    private record Sleeper(Lane lane, Mono<?> until) {}

    SinkPump(
            SinkSpec spec,
            DeliveryOptions options,
            DeadLetterStore deadLetters,
            Scheduler scheduler,
            RandomGenerator random) {
        this.spec = spec;
        this.options = spec.retry().over(options);
        this.deadLetters = deadLetters;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Runs until {@link #complete()}; never fails. */
    Mono<Void> run() {
        Flux<Void> lanes = ready.publishOn(scheduler).flatMap(Lane::run, CONCURRENCY, 1);
        Flux<Void> sleepers = asleep.flatMap(
                sleeper -> sleeper.until().then().doOnTerminate(() -> ready.offer(sleeper.lane())),
                Integer.MAX_VALUE,
                1);
        // Whoever still sleeps at the end of a stop is not waited for: its events stay in the journal.
        return lanes.mergeWith(sleepers.takeUntilOther(completed.asMono())).then();
    }

    void complete() {
        ready.complete();
        completed.tryEmitEmpty();
    }

    void ready(Lane lane) {
        ready.offer(lane);
    }

    /** The lane gives its place to others until then. */
    void sleep(Lane lane, Mono<?> until) {
        asleep.offer(new Sleeper(lane, until));
    }

    String name() {
        return spec.name();
    }

    SinkSpec spec() {
        return spec;
    }

    EventSink sink() {
        return spec.sink();
    }

    DeadLetterStore deadLetters() {
        return deadLetters;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    RandomGenerator random() {
        return random;
    }

    /** A write that never ended would take one of the places for ever; 256 of them would stop the sink for all. */
    Mono<Void> write(EventBatch batch) {
        return inTime("one batch", Mono.defer(() -> sink().write(batch)));
    }

    Mono<Void> replay(AccountEvent event) {
        return inTime("one event", Mono.defer(() -> sink().replay(event)));
    }

    /** What was dropped before the sink had it is told, but nobody waits for what the sink makes of it. */
    Mono<Void> missed(AccountId account, long from, long to) {
        return inTime("what it missed", Mono.defer(() -> sink().missed(account, from, to)))
                .onErrorResume(error -> {
                    log.debug("sink {} failed to show what it missed", name(), error);
                    return Mono.empty();
                });
    }

    /** An answer of the sink that is late is an outage. */
    <T> Mono<T> inTime(String what, Mono<T> answer) {
        Duration most = options.writeTimeout();
        return answer.timeout(
                most,
                Mono.error(() -> new SinkUnavailableException("the sink " + name() + " took longer than "
                        + most.toMillis() + " ms for " + what + ". It was cancelled and comes again; if the sink needs"
                        + " more time, raise its write-timeout or delivery.write-timeout")),
                scheduler);
    }

    int attempts() {
        return options.attempts();
    }

    /** The attempts are spread evenly over the time they have. */
    Duration rejectionWait() {
        return options.attempts() < 2 ? Duration.ZERO : options.attemptsWithin().dividedBy(options.attempts() - 1L);
    }

    Duration maxBackoff() {
        return options.maxBackoff();
    }

    int maxBatch(int most) {
        return Math.max(
                1, Math.min(most, Math.min(options.maxBatch(), spec.sink().maxBatch())));
    }
}
