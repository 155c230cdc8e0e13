package io.wxflux.internal.delivery;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Runs the lanes of one sink: those with something to hand over, at most so many accounts at once. */
final class SinkPump {
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
        this.options = options;
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

    /** An answer of the sink that is late is an outage. */
    <T> Mono<T> inTime(String what, Mono<T> answer) {
        Duration most = options.writeTimeout();
        return answer.timeout(
                most,
                Mono.error(() -> new SinkUnavailableException("the sink " + name() + " took longer than "
                        + most.toMillis() + " ms for " + what + ". It was cancelled and comes again; if the sink needs"
                        + " more time, raise delivery.write-timeout")),
                scheduler);
    }

    int attempts() {
        return options.attempts();
    }

    /** The attempts are spread evenly over the time they have. */
    Duration rejectionWait() {
        return options.attempts() < 2 ? Duration.ZERO : options.attemptsWithin().dividedBy(options.attempts() - 1L);
    }

    int maxBatch(int most) {
        return Math.max(
                1, Math.min(most, Math.min(options.maxBatch(), spec.sink().maxBatch())));
    }
}
