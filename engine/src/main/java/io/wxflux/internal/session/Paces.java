package io.wxflux.internal.session;

import static java.util.Objects.requireNonNull;

import io.wxflux.error.ThrottledException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.model.PlainTime;
import io.wxflux.options.Operation;
import io.wxflux.options.SendOptions;
import io.wxflux.options.WhenThrottled;
import io.wxflux.shard.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * How fast an account does what: a token bucket for each operation, of the account and not of a session, so that neither
 * a new login nor a restart brings a new allowance.
 *
 * <p>What was spent rides along with the account's next commit: a crash before that gives back one burst at most, a bucket
 * holds no more. The strict operations are written before they go out; a 1205 is written when it came.
 */
public final class Paces {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.pace");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static final String KEY = "pace/spent";

    private final Map<Operation, Bucket> buckets = new EnumMap<>(Operation.class);
    private final WhenThrottled choice;
    private final AccountJournal journal;
    private final Announcer announcer;
    private final Scheduler scheduler;
    private final AtomicBoolean changed = new AtomicBoolean();

    Paces(SendOptions options, AccountJournal journal, Announcer announcer, Scheduler scheduler) {
        for (Operation operation : Operation.values()) {
            buckets.put(operation, new Bucket(operation, options.paces().of(operation), scheduler));
        }
        this.choice = options.whenThrottled();
        this.journal = journal;
        this.announcer = announcer;
        this.scheduler = scheduler;
        journal.riding(this::changes);
    }

    /** Goes on with what the account had spent when it was last here. */
    public Mono<Void> restore() {
        return journal.patient(journal.document(KEY))
                .doOnNext(bytes -> PacesCodec.decode(journal.account(), bytes)
                        .forEach((operation, state) -> bucket(operation).restore(state)))
                .then();
    }

    /**
     * A request in its turn, with all that belongs to it: it waits, a 1205 makes the operation cool down and fails with
     * the time it will take, and a success ends that the rests grow.
     */
    public <T> Mono<T> inTurn(Operation operation, Mono<T> request) {
        return inTurn(operation, choice, request);
    }

    /** As {@link #inTurn(Operation, Mono)}, where this request waits for the end of a rest or does not. */
    public <T> Mono<T> inTurn(Operation operation, WhenThrottled whenThrottled, Mono<T> request) {
        return turn(operation, whenThrottled)
                .then(request)
                .doOnSuccess(done -> succeeded(operation))
                .onErrorResume(
                        ThrottledException.class,
                        error -> error.retryAfter().isZero() ? rest(operation, error) : Mono.error(error));
    }

    /** As {@link #inTurn(Operation, WhenThrottled, Mono)}, and again after each rest, for who chose to wait. */
    <T> Mono<T> untilThrough(Operation operation, WhenThrottled whenThrottled, Mono<T> request) {
        return inTurn(operation, whenThrottled, request)
                .retryWhen(Retry.indefinitely()
                        .filter(error -> whenThrottled == WhenThrottled.WAIT && error instanceof ThrottledException));
    }

    private <T> Mono<T> rest(Operation operation, ThrottledException error) {
        return Mono.defer(() -> {
            Duration rest = throttled(operation);
            var known = new ThrottledException(
                    error.getMessage() + "; " + operation.word() + " may go on in " + PlainTime.of(rest), rest);
            // The rest is in force already: a store that cannot keep it now must not hide the answer for long.
            return written()
                    .timeout(PATIENCE, Mono.empty(), scheduler)
                    .onErrorComplete()
                    .then(Mono.error(known));
        });
    }

    /**
     * Completes when the next request of this operation may go out. <b>Errors</b> {@link ThrottledException} while the
     * operation cools down, if that was chosen; {@link io.wxflux.error.StoreUnavailableException} for a strict one while
     * the store refuses commits. <b>Cancellation</b> before that spends nothing.
     */
    public Mono<Void> turn(Operation operation) {
        return turn(operation, choice);
    }

    Mono<Void> turn(Operation operation, WhenThrottled whenThrottled) {
        Bucket bucket = bucket(operation);
        Mono<Void> possible = bucket.pace().strict() ? journal.room().required() : Mono.empty();
        return possible.then(bucket.turn(whenThrottled)).then(Mono.defer(() -> {
            changed.set(true);
            return bucket.pace().strict() ? written() : Mono.empty();
        }));
    }

    /** The service said 1205 to a request. Gives how long the operation rests; the account as a whole goes on. */
    public Duration throttled(Operation operation) {
        Bucket.Rest rest = bucket(operation).throttled();
        if (rest.fresh()) {
            changed.set(true);
            log.warn(
                    "{}: {} was answered with 1205 and rests for {}",
                    journal.account(),
                    operation.word(),
                    PlainTime.of(rest.left()));
            announcer.live(head -> new Lifecycle.Throttled(head, operation.word(), rest.left()));
        }
        return rest.left();
    }

    /** The service accepted a request: the next rest is a short one again. */
    public void succeeded(Operation operation) {
        if (bucket(operation).succeeded()) {
            changed.set(true);
        }
    }

    /** Operations that rest after a 1205, by their word, until when. */
    public Map<String, Instant> resting() {
        Instant now = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
        var resting = new TreeMap<String, Instant>();
        buckets.forEach((operation, bucket) -> {
            Duration left = bucket.restLeft();
            if (!left.isZero()) {
                resting.put(operation.word(), now.plus(left));
            }
        });
        return resting;
    }

    private Mono<Void> written() {
        return journal.update(() -> Mono.just(new AccountJournal.Update(List.of(), changes())));
    }

    /** What the next commit takes along. */
    private List<Document> changes() {
        if (!changed.getAndSet(false)) {
            return List.of();
        }
        var states = new EnumMap<Operation, Bucket.State>(Operation.class);
        buckets.forEach((operation, bucket) -> states.put(operation, bucket.state()));
        return List.of(new Document(KEY, PacesCodec.encode(states)));
    }

    private Bucket bucket(Operation operation) {
        return requireNonNull(buckets.get(operation));
    }
}
