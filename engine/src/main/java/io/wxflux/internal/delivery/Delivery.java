package io.wxflux.internal.delivery;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.JournalListener;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.model.PlainTime;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Shard;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.SinkSpec;
import io.wxflux.sink.TransactionalSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** From the journals of one shard to the sinks: lanes, cursors, and what may be forgotten. */
public final class Delivery implements JournalListener {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.delivery");
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final Shard shard;
    private final List<SinkPump> pumps;
    private final LiveEvents live;
    private final DeliveryOptions options;
    private final Scheduler scheduler;
    private final Map<AccountId, AccountLanes> accounts = new ConcurrentHashMap<>();
    private final Queue<AccountLanes> dirty = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> ended = Sinks.empty();

    public Delivery(
            Shard shard,
            List<SinkSpec> sinks,
            LiveEvents live,
            DeliveryOptions options,
            DeadLetterStore deadLetters,
            Scheduler scheduler,
            RandomGenerator random) {
        this.shard = shard;
        this.live = live;
        this.options = options;
        this.scheduler = scheduler;
        this.pumps = sinks.stream()
                .map(sink -> new SinkPump(sink, options, deadLetters, scheduler, random))
                .toList();
    }

    /** Runs until {@link #end()}. <b>Errors</b> when the shard is lost. */
    public Mono<Void> run() {
        Mono<Void> flushing = Flux.interval(atLeastOneMilli(options.cursorDelay()), scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> flush(), 0)
                .takeUntilOther(ended.asMono())
                .then();
        Flux<Void> delivering = Flux.fromIterable(pumps).flatMap(SinkPump::run, Math.max(1, pumps.size()), 1);
        return flushing.and(delivering.takeUntilOther(ended.asMono()));
    }

    /**
     * Opens the account's lanes. A sink never seen before gets its starting cursor now, so that a crash cannot move it; a
     * journal never written to begins where a transactional sink already is. <b>Errors</b> {@link CorruptStoreException}
     * when a sink holds more than the journal ever gave it: what came between would be skipped in silence.
     */
    public Mono<Void> open(
            AccountSpec spec, AccountJournal journal, AccountContacts contacts, Map<String, Long> stored) {
        List<SinkPump> feeding =
                pumps.stream().filter(pump -> spec.feeds(pump.name())).toList();
        return Flux.fromIterable(feeding)
                .filter(pump -> pump.sink() instanceof TransactionalSink)
                .concatMap(pump -> position(pump, spec.id()))
                .collectList()
                .doOnNext(positions -> align(journal, positions))
                .then(Mono.fromRunnable(() -> openLanes(feeding, journal, contacts, stored)));
    }

    private record Position(String sink, long offset) {}

    /** A sink that does not say now is asked again by its lane. */
    private Mono<Position> position(SinkPump pump, AccountId account) {
        return Mono.defer(() -> ((TransactionalSink) pump.sink()).position(account))
                .timeout(LONGEST_LOOK, scheduler)
                .onErrorComplete()
                .map(offset -> new Position(pump.name(), offset));
    }

    private static void align(AccountJournal journal, List<Position> positions) {
        if (journal.isNew()) {
            positions.stream().mapToLong(Position::offset).max().ifPresent(journal::beginAt);
            return;
        }
        for (Position position : positions) {
            if (position.offset() > journal.nextOffset()) {
                throw new CorruptStoreException("the sink " + position.sink() + " already holds offset "
                        + position.offset() + " of account " + journal.account() + ", but its journal ends at "
                        + journal.nextOffset() + ": the state directory is older than the sink's data. Bring back the"
                        + " newer state directory, or give the sink a new target");
            }
        }
    }

    private void openLanes(
            List<SinkPump> feeding, AccountJournal journal, AccountContacts contacts, Map<String, Long> stored) {
        var decoder = new EventDecoder(journal.account(), contacts);
        var lanes = new AccountLanes(journal, decoder);
        for (SinkPump pump : feeding) {
            Long known = stored.get(pump.name());
            long start = known != null
                    ? known
                    : pump.spec().from() == SinkSpec.From.EARLIEST ? journal.firstOffset() : journal.nextOffset();
            Lane lane = new Lane(pump, journal, decoder, start, () -> acknowledged(lanes));
            lanes.lanes.add(lane);
        }
        // Also of those known: when the account was here before, the store may not have taken its last ones.
        lanes.markDirty();
        accounts.put(journal.account(), lanes);
        lanes.lanes.forEach(Lane::signal);
    }

    /**
     * The account was taken out; its cursors stay in the store. <b>Emits</b> them, as soon as no sink is at work on a batch
     * of it; one that does not end in the time of a drain is cut short, its batch comes again.
     */
    public Mono<Map<String, Long>> close(AccountId account) {
        return Mono.defer(() -> {
            AccountLanes lanes = accounts.get(account);
            if (lanes == null) {
                return Mono.just(Map.of());
            }
            return Mono.when(lanes.lanes.stream().map(Lane::close).toList())
                    .timeout(options.drainTimeout(), Mono.fromRunnable(() -> lanes.lanes.forEach(Lane::cut)), scheduler)
                    .then(lastFlush(List.of(lanes)))
                    .then(Mono.fromSupplier(() -> {
                        accounts.remove(account);
                        lanes.decoder().close();
                        lanes.journal.trimTail(lanes.journal.nextOffset());
                        return lanes.cursors();
                    }));
        });
    }

    /** Completes when every sink has everything, or when the time is over; then nothing more is handed over. */
    public Mono<Void> drain() {
        return Flux.interval(Duration.ZERO, LOOK, scheduler)
                .onBackpressureDrop()
                .takeUntil(tick -> isDrained())
                .then()
                .timeout(options.drainTimeout(), Mono.fromRunnable(this::reportUndrained), scheduler)
                .then(Mono.defer(this::end));
    }

    private Mono<Void> end() {
        return Mono.defer(() -> {
            ended.tryEmitEmpty();
            pumps.forEach(SinkPump::complete);
            return lastFlush(List.copyOf(accounts.values())).onErrorComplete();
        });
    }

    private boolean isDrained() {
        return accounts.values().stream().allMatch(lanes -> lanes.lanes.stream().allMatch(Lane::isCaughtUp));
    }

    private void reportUndrained() {
        accounts.values().stream()
                .flatMap(lanes -> lanes.lanes.stream())
                .filter(lane -> !lane.isCaughtUp())
                .limit(10)
                .forEach(lane -> log.warn(
                        "{}: sink {} has not taken everything within {}; the rest stays in the journal for the next start",
                        lane.account(),
                        lane.sinkName(),
                        PlainTime.of(options.drainTimeout())));
    }

    /** Per sink, the next offset it wants of the account. */
    public Map<String, Long> cursors(AccountId account) {
        AccountLanes lanes = accounts.get(account);
        return lanes == null ? Map.of() : lanes.cursors();
    }

    @Override
    public void appended(AccountJournal journal, List<Slot> slots) {
        AccountLanes lanes = accounts.get(journal.account());
        if (lanes == null) {
            return;
        }
        lanes.lanes.forEach(Lane::signal);
        if (!live.isIdle()) {
            slots.forEach(slot -> publish(lanes, slot));
        }
        if (lanes.lanes.isEmpty()) {
            // Nobody waits for these: memory and journal may let them go.
            acknowledged(lanes);
        }
    }

    private void publish(AccountLanes lanes, Slot slot) {
        live.publish(lanes.decoder().live(slot));
    }

    @Override
    public Pending takePending(AccountId account) {
        AccountLanes lanes = accounts.get(account);
        if (lanes == null || !lanes.mayCommit()) {
            return Pending.NONE;
        }
        var cursors = new ArrayList<CommitGroup.Cursor>();
        var retentions = new ArrayList<CommitGroup.Retention>();
        lanes.collect(cursors, retentions);
        return new Pending(cursors, retentions, lanes::committed, () -> giveBack(lanes));
    }

    private void giveBack(AccountLanes lanes) {
        lanes.markDirty();
        lanes.committed();
        queueDirty(lanes);
    }

    private void acknowledged(AccountLanes lanes) {
        lanes.journal.trimTail(lanes.slowest());
        queueDirty(lanes);
    }

    private void queueDirty(AccountLanes lanes) {
        if (lanes.queued.compareAndSet(false, true)) {
            dirty.add(lanes);
        }
    }

    private Mono<Void> flush() {
        return Mono.defer(() -> {
            var taken = new ArrayList<AccountLanes>();
            for (AccountLanes next = dirty.poll(); next != null; next = dirty.poll()) {
                next.queued.set(false);
                taken.add(next);
            }
            return taken.isEmpty() ? Mono.empty() : flushOf(taken);
        });
    }

    /** For accounts that have stopped: what an append still carries is waited for, as long as a drain may take. */
    private Mono<Void> lastFlush(List<AccountLanes> all) {
        return Mono.defer(() -> {
            if (all.stream().noneMatch(AccountLanes::isCommitting)) {
                return flushOf(all);
            }
            return Flux.interval(LOOK, scheduler)
                    .onBackpressureDrop()
                    .takeUntil(tick -> all.stream().noneMatch(AccountLanes::isCommitting))
                    .then()
                    .timeout(options.drainTimeout(), Mono.empty(), scheduler)
                    .then(Mono.defer(() -> flushOf(all)));
        });
    }

    /** Leaves out, for the next time, those whose cursors are in a commit under way. */
    private Mono<Void> flushOf(List<AccountLanes> wanted) {
        return Mono.defer(() -> {
            var taken = new ArrayList<AccountLanes>();
            var cursors = new ArrayList<CommitGroup.Cursor>();
            var retentions = new ArrayList<CommitGroup.Retention>();
            for (AccountLanes lanes : wanted) {
                if (isReplaced(lanes)) {
                    continue;
                }
                if (lanes.mayCommit()) {
                    lanes.collect(cursors, retentions);
                    taken.add(lanes);
                } else {
                    queueDirty(lanes);
                }
            }
            if (cursors.isEmpty() && retentions.isEmpty()) {
                taken.forEach(AccountLanes::committed);
                return Mono.empty();
            }
            return Mono.defer(() -> shard.commit(new CommitGroup(List.of(), cursors, retentions)))
                    .doOnSuccess(done -> taken.forEach(AccountLanes::committed))
                    .onErrorResume(error -> {
                        taken.forEach(this::giveBack);
                        return AccountJournal.isWorthWaiting(error) ? Mono.empty() : Mono.error(error);
                    })
                    // A flush that is cut short by the end leaves its commit under way; its outcome still counts.
                    .cache();
        });
    }

    /** The account was taken out and added again: its new lanes have the newer cursors. */
    private boolean isReplaced(AccountLanes lanes) {
        AccountLanes now = accounts.get(lanes.journal.account());
        return now != null && now != lanes;
    }

    private static Duration atLeastOneMilli(Duration delay) {
        return delay.isZero() ? Duration.ofMillis(1) : delay;
    }
}
