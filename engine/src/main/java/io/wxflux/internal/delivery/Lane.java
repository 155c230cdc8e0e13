package io.wxflux.internal.delivery;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.TransactionalSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One account's way to one sink: a cursor into the journal and nothing else. It runs while there is something to hand
 * over, one batch at a time, and leaves its place to other accounts when it has caught up, failed, or had its turn.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.delivery");

    /** Batches before other accounts get their turn. */
    private static final int TURN = 16;

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final SinkPump pump;
    private final AccountJournal journal;
    private final EventDecoder decoder;
    private final Runnable onAcknowledged;

    /** Signals not yet looked at; while it is not zero the lane is queued, running or asleep. */
    private final AtomicInteger signals = new AtomicInteger();

    private final AtomicBoolean dirty = new AtomicBoolean();
    private final Sinks.Empty<Void> idle = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private volatile long cursor;
    /** Two for a moment, when the next run begins before the last has left; {@link #close} waits for both. */
    private final AtomicInteger running = new AtomicInteger();

    private volatile boolean closed;

    // Touched only while the lane runs: one thread at a time, handed over by the queue.
    private final ArrayDeque<Slot> page = new ArrayDeque<>();
    private boolean positioned;
    private boolean ahead;
    private long oneByOneUntil;
    private int outages;
    private int rejections;
    private long namedUntil;
    private Mono<?> until = Mono.empty();

    Lane(SinkPump pump, AccountJournal journal, EventDecoder decoder, long cursor, Runnable onAcknowledged) {
        this.pump = pump;
        this.journal = journal;
        this.decoder = decoder;
        this.cursor = cursor;
        this.onAcknowledged = onAcknowledged;
    }

    AccountId account() {
        return journal.account();
    }

    String sinkName() {
        return pump.name();
    }

    /** The next offset this sink wants. */
    long cursor() {
        return cursor;
    }

    boolean isCaughtUp() {
        return cursor >= journal.nextOffset();
    }

    boolean takeDirty() {
        return dirty.getAndSet(false);
    }

    void markDirty() {
        dirty.set(true);
    }

    /** Hands over nothing more; completes when the batch that is being handed over, if any, has been. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            return running.get() != 0 ? idle.asMono() : Mono.empty();
        });
    }

    /** Takes back a batch that is not accepted in time. */
    void cut() {
        cut.tryEmitEmpty();
    }

    /** There may be something new. */
    void signal() {
        if (signals.getAndIncrement() == 0) {
            pump.ready(this);
        }
    }

    /** Hands over what there is; completes when the lane gives its place back. Never fails. */
    Mono<Void> run() {
        return Mono.defer(() -> {
            int[] turns = {0};
            // Before the look at closed: close() does it the other way round, so that one of them sees the other.
            running.incrementAndGet();
            return Mono.defer(this::turn)
                    .repeat()
                    .takeUntil(result -> result != Turn.AGAIN || ++turns[0] >= TURN)
                    .last()
                    .doOnNext(this::leave)
                    .then()
                    .takeUntilOther(cut.asMono());
        });
    }

    private enum Turn {
        AGAIN,
        CAUGHT_UP,
        ASLEEP,
        CLOSED
    }

    /** The last thing of a run: from here on the lane may run again, on another thread. */
    private void leave(Turn last) {
        Mono<?> wait = until;
        boolean lastOut = running.decrementAndGet() == 0;
        if (closed) {
            if (lastOut) {
                idle.tryEmitEmpty();
            }
        } else if (last == Turn.AGAIN) {
            pump.ready(this);
        } else if (last == Turn.ASLEEP) {
            pump.sleep(this, wait);
        }
    }

    private Mono<Turn> turn() {
        if (closed) {
            return Mono.just(Turn.CLOSED);
        }
        int seen = signals.get();
        return Mono.defer(this::position)
                .then(Mono.defer(this::fill))
                .flatMap(any -> any ? handOver() : Mono.just(caughtUp(seen)))
                .onErrorResume(this::sleep);
    }

    /** New signals since the look mean: look again. */
    private Turn caughtUp(int seen) {
        return signals.addAndGet(-seen) == 0 ? Turn.CAUGHT_UP : Turn.AGAIN;
    }

    /** A transactional sink knows best where it is. */
    private Mono<Void> position() {
        if (positioned || !(pump.sink() instanceof TransactionalSink transactional)) {
            positioned = true;
            return Mono.empty();
        }
        return pump.inTime("its position", Mono.defer(() -> transactional.position(account())))
                .doOnNext(own -> {
                    // For good, even when the journal has grown past it: the records between are others.
                    ahead = ahead || own > journal.nextOffset();
                    if (ahead) {
                        throw new SinkUnavailableException("the sink " + pump.name() + " already holds offset " + own
                                + " of account " + account() + ", but its journal ends at " + journal.nextOffset()
                                + ": the state directory is older than the sink's data. Bring back the newer state"
                                + " directory, or give the sink a new target");
                    }
                    if (cursor != own) {
                        cursor = own;
                        dirty.set(true);
                        onAcknowledged.run();
                    }
                })
                .then(Mono.fromRunnable(() -> positioned = true));
    }

    private Mono<Boolean> fill() {
        if (!page.isEmpty()) {
            return Mono.just(true);
        }
        return journal.page(cursor, pump.maxBatch(1 << 10)).map(slots -> {
            page.addAll(slots);
            return !page.isEmpty();
        });
    }

    private Mono<Turn> handOver() {
        boolean single = cursor < oneByOneUntil;
        var events = new ArrayList<AccountEvent>();
        int most = single ? 1 : pump.maxBatch(Integer.MAX_VALUE);
        long next = cursor;
        for (Slot slot : page) {
            AccountEvent event = events.size() == most ? null : decoder.now(slot);
            if (event == null) {
                break;
            }
            events.add(event);
            next = slot.offset() + 1;
        }
        return events.isEmpty() ? name(page.getFirst()) : write(events, next);
    }

    /**
     * The first event lacks names. Reading them takes a moment, so the lane keeps its place; asking the service for them
     * takes up to 2 s, so it leaves. Nothing overtakes the event in its lane.
     */
    private Mono<Turn> name(Slot first) {
        boolean lastly = first.offset() < namedUntil;
        return decoder.read(first, lastly).map(lacking -> {
            Mono<Void> names = lacking.names();
            if (names == null) {
                return Turn.AGAIN;
            }
            namedUntil = first.offset() + 1;
            until = names.onErrorComplete();
            return Turn.ASLEEP;
        });
    }

    private Mono<Turn> write(List<AccountEvent> events, long next) {
        // Deferred: a sink that throws or returns null rejects, as one does whose Mono fails.
        return pump.write(new EventBatch(account(), events, next))
                .then(Mono.fromSupplier(() -> acknowledged(events.size(), next)))
                .onErrorResume(error -> refused(error, events, next));
    }

    private Turn acknowledged(int count, long next) {
        for (int i = 0; i < count; i++) {
            page.removeFirst();
        }
        outages = 0;
        rejections = 0;
        cursor = next;
        dirty.set(true);
        onAcknowledged.run();
        return Turn.AGAIN;
    }

    private Mono<Turn> refused(Throwable error, List<AccountEvent> events, long next) {
        if (error instanceof SinkUnavailableException) {
            return Mono.error(error);
        }
        if (events.size() > 1) {
            oneByOneUntil = next;
            return Mono.just(Turn.AGAIN);
        }
        rejections++;
        if (rejections < pump.attempts()) {
            log.warn(
                    "{}: sink {} rejected {} ({} of {} attempts): {}",
                    account(),
                    pump.name(),
                    events.get(0).head().id(),
                    rejections,
                    pump.attempts(),
                    reason(error));
            until = Mono.delay(pump.rejectionWait(), pump.scheduler());
            return Mono.just(Turn.ASLEEP);
        }
        if (rejections == pump.attempts()) {
            log.error(
                    "{}: sink {} rejected {} {} times; it goes to the dead letters: {}",
                    account(),
                    pump.name(),
                    events.get(0).head().id(),
                    rejections,
                    reason(error));
        }
        Instant now = Instant.ofEpochMilli(pump.scheduler().now(TimeUnit.MILLISECONDS));
        return pump.deadLetters()
                .add(new DeadLetter(pump.name(), events.get(0), reason(error), now))
                .then(Mono.fromSupplier(() -> acknowledged(1, next)));
    }

    /** An outage of the sink, of the shard's reading side or of the dead letters: the same again after a wait. */
    private Mono<Turn> sleep(Throwable error) {
        Duration wait = wait(outages++);
        if (Integer.bitCount(outages) == 1) {
            log.warn(
                    "{}: sink {} cannot take events (failure {} in a row, next try in {} ms): {}",
                    account(),
                    pump.name(),
                    outages,
                    wait.toMillis(),
                    reason(error));
        }
        until = Mono.delay(wait, pump.scheduler());
        return Mono.just(Turn.ASLEEP);
    }

    private Duration wait(int failures) {
        Duration longest = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        long most = Math.min(longest.toMillis(), LONGEST_WAIT.toMillis());
        return Duration.ofMillis(most / 2 + pump.random().nextLong(most / 2 + 1));
    }

    private static String reason(Throwable error) {
        String message = error.getMessage();
        String text = error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }
}
