package io.wxflux.internal.delivery;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.SinkLag;
import io.wxflux.internal.jfr.DeliveryEvent;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.model.PlainTime;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import io.wxflux.sink.TransactionalSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /** The sink is down: the newest records need not stay in memory for it. */
    private volatile boolean down;

    private volatile @Nullable String trouble;
    private volatile long behindSince;
    private final Queue<Again> replays = new ConcurrentLinkedQueue<>();

    /** An event that the sink rejected once and is to have now, and who waits for it. */
    private record Again(AccountEvent event, Sinks.Empty<Void> done) {}

    // Touched only while the lane runs: one thread at a time, handed over by the queue.
    private final LanePage page;
    private boolean known;
    private boolean positioned;
    private boolean ahead;
    private long oneByOneUntil;
    private int outages;
    private long outageBegan;
    private int rejections;
    private long namedUntil;
    private Mono<?> until = Mono.empty();

    /** @param known whether the cursor is a place of the sink's own; one that takes what is left misses nothing that is not */
    Lane(
            SinkPump pump,
            AccountJournal journal,
            EventDecoder decoder,
            long cursor,
            boolean known,
            Runnable onAcknowledged) {
        this.pump = pump;
        this.journal = journal;
        this.decoder = decoder;
        this.cursor = cursor;
        this.known = known;
        this.onAcknowledged = onAcknowledged;
        this.page = new LanePage(journal);
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

    /** Closed for good: its cursor is kept, and holds nothing back. */
    boolean isClosed() {
        return closed;
    }

    /** Whether the newest records are of use to it in memory. */
    boolean keepsUp() {
        return !closed && !down;
    }

    /**
     * The oldest offset the journal has to keep for it; as far as it may go for one that is not required. In a journal that
     * is full that is the newest record alone, which tells it what it missed: no account is parked for such a sink.
     */
    long needed() {
        if (pump.spec().required()) {
            return cursor;
        }
        int most = journal.room().full() == null ? SinkSpec.OPTIONAL_EVENTS : 1;
        return Math.max(cursor, journal.nextOffset() - most);
    }

    SinkLag lag() {
        long behind = Math.max(0, journal.nextOffset() - cursor);
        long since = behindSince;
        return new SinkLag(behind, behind == 0 || since == 0 ? null : Instant.ofEpochMilli(since), trouble);
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
            failReplays();
            if (running.get() != 0) {
                return idle.asMono();
            }
            page.end();
            return Mono.empty();
        });
    }

    /** Hands over nothing more, and takes back the batch that is being handed over. */
    void cut() {
        closed = true;
        failReplays();
        cut.tryEmitEmpty();
        page.end();
    }

    /**
     * Hands an event over that the sink rejected before, between two batches. <b>Errors</b> what the sink answers, and
     * {@link EngineStateException} when the lane is closed meanwhile. <b>Cancellation</b> does not take it back.
     */
    Mono<Void> replay(AccountEvent event) {
        return Mono.defer(() -> {
            var again = new Again(event, Sinks.empty());
            replays.add(again);
            signal();
            if (closed) {
                failReplays();
            }
            return again.done().asMono();
        });
    }

    private void failReplays() {
        for (Again next = replays.poll(); next != null; next = replays.poll()) {
            next.done().tryEmitError(takenOut());
        }
    }

    private EngineStateException takenOut() {
        return new EngineStateException("the sink " + pump.name() + " was taken out, or account " + account()
                + " was, or the engine stops: the letter waits");
    }

    /** There may be something new. */
    void signal() {
        if (behindSince == 0 && !isCaughtUp()) {
            behindSince = now();
        }
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
        if (last == Turn.ASLEEP) {
            page.clear();
        } else if (last == Turn.AGAIN) {
            page.clearIfOverdrawn();
        }
        boolean lastOut = running.decrementAndGet() == 0;
        if (closed) {
            if (lastOut) {
                page.end();
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
        Again again = replays.poll();
        if (again != null) {
            return handOver(again);
        }
        return Mono.defer(this::position).then(Mono.defer(() -> look(seen))).onErrorResume(this::sleep);
    }

    private Mono<Turn> look(int seen) {
        long end = journal.nextOffset();
        return page.fill(cursor).flatMap(any -> {
            if (any) {
                return handOver();
            }
            // All that is below the end has been written: if none of it can be read, it was dropped.
            return cursor < end ? skip(end) : Mono.just(caughtUp(seen));
        });
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
                .flatMap(this::behindLetters)
                .doOnNext(own -> {
                    // For good, even when the journal has grown past it: the records between are others.
                    ahead = ahead || own > journal.nextOffset();
                    if (ahead) {
                        throw new SinkUnavailableException("the sink " + pump.name() + " already holds offset " + own
                                + " of account " + account() + ", but its journal ends at " + journal.nextOffset()
                                + ": the state directory is older than the sink's data. Bring back the newer state"
                                + " directory, or give the sink a new target");
                    }
                    known = true;
                    if (cursor != own) {
                        cursor = own;
                        dirty.set(true);
                        onAcknowledged.run();
                    }
                })
                .then(Mono.fromRunnable(() -> positioned = true));
    }

    /**
     * What the sink rejected last moved the cursor and not the place it knows of: going back there would offer it again,
     * or miss it. Rarely asked, for the letters are read for it.
     */
    private Mono<Long> behindLetters(long own) {
        if (own >= cursor) {
            return Mono.just(own);
        }
        return pump.deadLetters()
                .letters()
                .filter(letter -> letter.sink().equals(pump.name())
                        && letter.account().equals(account())
                        && letter.sequence() >= own
                        && letter.sequence() < cursor)
                .map(KeptLetter::sequence)
                .collect(Collectors.toSet())
                // A store that only keeps them. One that cannot be read now is waited for.
                .onErrorReturn(EngineStateException.class, Set.of())
                .map(put -> {
                    long next = own;
                    while (put.contains(next)) {
                        next++;
                    }
                    return next;
                });
    }

    /** Whatever comes of it is the answer to whoever asked; it is no trouble of the lane. */
    private Mono<Turn> handOver(Again again) {
        return pump.replay(again.event())
                .doOnSuccess(done -> again.done().tryEmitEmpty())
                // Cut: it is not in the queue any more, so that nobody else would answer.
                .doOnCancel(() -> again.done().tryEmitError(takenOut()))
                .onErrorResume(error -> {
                    again.done().tryEmitError(error);
                    return Mono.empty();
                })
                .thenReturn(Turn.AGAIN);
    }

    private Mono<Turn> handOver() {
        long first = page.first().offset();
        if (first > cursor) {
            return skip(first);
        }
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
        return events.isEmpty() ? name(page.first()) : write(events, next);
    }

    /** The journal does not have what comes next any more: the sink was not required, or not there. */
    private Mono<Turn> skip(long first) {
        long from = cursor;
        boolean told = known;
        if (told) {
            log.warn(
                    "{}: sink {} missed {} events (offsets {} to {}): they were dropped from the journal before it had them",
                    account(),
                    pump.name(),
                    first - from,
                    from,
                    first - 1);
        }
        return (told ? pump.missed(account(), from, first) : Mono.<Void>empty()).then(Mono.fromSupplier(() -> {
            cursor = first;
            dirty.set(true);
            onAcknowledged.run();
            return Turn.AGAIN;
        }));
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
        Mono<Void> write = pump.write(new EventBatch(account(), events, next));
        return DeliveryEvent.of(
                        write,
                        SinkUnavailableException.class,
                        account().value(),
                        pump.name(),
                        cursor,
                        events.size(),
                        rejections + 1)
                .then(Mono.fromSupplier(() -> {
                    takesAgain();
                    return acknowledged(events.size(), next);
                }))
                .onErrorResume(error -> refused(error, events, next));
    }

    private void takesAgain() {
        if (outages > 0) {
            log.info(
                    "{}: sink {} takes events again after {} (failures in a row: {})",
                    account(),
                    pump.name(),
                    PlainTime.of(Duration.ofMillis(now() - outageBegan)),
                    outages);
        }
    }

    private Turn acknowledged(int count, long next) {
        page.drop(count);
        known = true;
        outages = 0;
        rejections = 0;
        down = false;
        trouble = null;
        cursor = next;
        if (isCaughtUp()) {
            behindSince = 0;
        }
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
        trouble = reason(error);
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
        Instant now = Instant.ofEpochMilli(now());
        return pump.deadLetters()
                .add(new DeadLetter(pump.name(), events.get(0), page.first().record(), reason(error), now))
                .then(Mono.fromSupplier(() -> acknowledged(1, next)));
    }

    /** An outage of the sink, of the shard's reading side or of the dead letters: the same again after a wait. */
    private Mono<Turn> sleep(Throwable error) {
        if (outages == 0) {
            outageBegan = now();
        }
        Duration wait = wait(outages++);
        trouble = reason(error);
        down = true;
        onAcknowledged.run();
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
        Duration longest = DeliveryOptions.FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 20));
        long most = Math.min(longest.toMillis(), pump.maxBackoff().toMillis());
        return Duration.ofMillis(most / 2 + pump.random().nextLong(most / 2 + 1));
    }

    private long now() {
        return pump.scheduler().now(TimeUnit.MILLISECONDS);
    }

    private static String reason(Throwable error) {
        String message = error.getMessage();
        // Its sentence is meant for people; of others, such as a handler's, the class may say more than the message.
        String text = error instanceof SinkUnavailableException && message != null
                ? message
                : error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }
}
