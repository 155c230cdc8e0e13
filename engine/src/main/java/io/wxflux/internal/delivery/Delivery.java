package io.wxflux.internal.delivery;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.EngineStateException;
import io.wxflux.event.SinkLag;
import io.wxflux.internal.contacts.AccountContacts;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.JournalListener;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.internal.journal.Slot;
import io.wxflux.model.AccountId;
import io.wxflux.model.PlainTime;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Shard;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import io.wxflux.sink.TransactionalSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
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
    private final Map<String, SinkPump> pumps = new ConcurrentHashMap<>();
    private final ReadyQueue<SinkPump> arrivals = new ReadyQueue<>();
    private final LiveEvents live;
    private final DeliveryOptions options;
    private final DeadLetterStore deadLetters;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Map<AccountId, AccountLanes> accounts = new ConcurrentHashMap<>();
    private final Queue<AccountLanes> dirty = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> ended = Sinks.empty();

    public Delivery(
            Shard shard,
            LiveEvents live,
            DeliveryOptions options,
            DeadLetterStore deadLetters,
            Scheduler scheduler,
            RandomGenerator random) {
        this.shard = shard;
        this.live = live;
        this.options = options;
        this.deadLetters = deadLetters;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Runs until {@link #end()}. <b>Errors</b> when the shard is lost. */
    public Mono<Void> run() {
        Mono<Void> flushing = Flux.interval(atLeastOneMilli(options.cursorDelay()), scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> flush(), 0)
                .takeUntilOther(ended.asMono())
                .then();
        Flux<Void> delivering = arrivals.flatMap(SinkPump::run, Integer.MAX_VALUE, 1);
        return flushing.and(delivering.takeUntilOther(ended.asMono()));
    }

    /**
     * A sink, from now on: accounts that are open get a lane to it. Does nothing when there is one of this name.
     * <b>Completes</b> when its starting places were given to the store. <b>Errors</b> {@link CorruptStoreException} as
     * {@link #open}; then it is not added.
     */
    public Mono<Void> add(SinkSpec sink) {
        return Mono.defer(() -> {
            if (pumps.containsKey(sink.name())) {
                return Mono.empty();
            }
            var pump = new SinkPump(sink, options, deadLetters, scheduler, random);
            return checkPositions(pump).then(Mono.defer(() -> {
                pumps.put(sink.name(), pump);
                arrivals.offer(pump);
                // Behind the entry: openLanes() does it the other way round, so that one of them sees the other.
                List<AccountLanes> fed = List.copyOf(accounts.values());
                fed.forEach(this::settle);
                return lastFlush(fed);
            }));
        });
    }

    private Mono<Void> checkPositions(SinkPump pump) {
        if (!(pump.sink() instanceof TransactionalSink)) {
            return Mono.empty();
        }
        return Flux.fromIterable(accounts.values())
                .filter(lanes -> lanes.feeds(pump.name()))
                .flatMap(
                        lanes -> position(pump, lanes.journal.account())
                                .doOnNext(position -> check(lanes.journal, position)),
                        SinkPump.CONCURRENCY,
                        1)
                .then();
    }

    /**
     * Takes a sink out: hands over nothing more, waits for the batches it is at, as long as a drain may take, and stores
     * its cursors. They stay, and hold nothing back. Does nothing when there is no such sink.
     */
    public Mono<Void> remove(String sink) {
        return Mono.defer(() -> {
            SinkPump pump = pumps.remove(sink);
            if (pump == null) {
                return Mono.empty();
            }
            List<AccountLanes> all = List.copyOf(accounts.values());
            List<Lane> leaving = all.stream()
                    .map(lanes -> lanes.lane(sink))
                    .filter(Objects::nonNull)
                    .toList();
            return closing(leaving).then(lastFlush(all)).then(Mono.fromRunnable(() -> {
                pump.complete();
                // What the sink alone had yet to take may go.
                all.forEach(this::acknowledged);
            }));
        });
    }

    private Mono<Void> closing(List<Lane> lanes) {
        return Mono.when(lanes.stream().map(Lane::close).toList())
                .timeout(options.drainTimeout(), Mono.fromRunnable(() -> lanes.forEach(Lane::cut)), scheduler);
    }

    /** Forgets the cursors of a sink that is not there. <b>Emits</b> the accounts that had one here. */
    public List<AccountId> forget(String sink) {
        return accounts.values().stream()
                .filter(lanes -> lanes.forget(sink))
                .map(lanes -> lanes.journal.account())
                .toList();
    }

    /** The sinks there are; a copy. */
    public Set<String> sinkNames() {
        return new TreeSet<>(pumps.keySet());
    }

    /** Names of sinks that have a cursor for an open account, whether they are there or not. */
    public Set<String> namesWithCursors() {
        var names = new TreeSet<String>();
        accounts.values().forEach(lanes -> names.addAll(lanes.allCursors().keySet()));
        return names;
    }

    /**
     * Gives an event that the sink rejected to it again, in the account's lane. <b>Errors</b> what the sink answers,
     * {@link EngineStateException} when account or sink are not at work or the event cannot be made again.
     */
    public Mono<Void> replay(KeptLetter letter) {
        return Mono.defer(() -> {
            AccountLanes lanes = accounts.get(letter.account());
            Lane lane = lanes == null ? null : lanes.lane(letter.sink());
            if (lanes == null || lane == null) {
                return Mono.error(new EngineStateException("the letter " + letter.eventId() + " waits: "
                        + (pumps.containsKey(letter.sink())
                                ? "account " + letter.account() + " does not feed the sink " + letter.sink() + " now"
                                : "there is no sink " + letter.sink() + " now")));
            }
            if (letter.record().length == 0) {
                return Mono.error(new EngineStateException("the letter " + letter.eventId()
                        + " was kept without the journal's record and cannot be replayed; its event is in the file"));
            }
            return lanes.decoder()
                    .again(lanes.journal.slot(letter.sequence(), letter.record()))
                    .flatMap(lane::replay);
        });
    }

    /**
     * Opens the account's lanes. A sink never seen before gets its starting cursor now, so that a crash cannot move it; a
     * journal never written to begins where a transactional sink already is. <b>Errors</b> {@link CorruptStoreException}
     * when a sink holds more than the journal ever gave it: what came between would be skipped in silence.
     */
    public Mono<Void> open(
            AccountSpec spec, AccountJournal journal, AccountContacts contacts, Map<String, Long> stored) {
        return Flux.fromIterable(pumps.values())
                .filter(pump -> spec.feeds(pump.name()))
                .filter(pump -> pump.sink() instanceof TransactionalSink)
                .concatMap(pump -> position(pump, spec.id()))
                .collectList()
                .doOnNext(positions -> align(journal, positions))
                .then(Mono.fromRunnable(() -> openLanes(spec, journal, contacts, stored)));
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
        positions.forEach(position -> check(journal, position));
    }

    private static void check(AccountJournal journal, Position position) {
        if (position.offset() > journal.nextOffset()) {
            throw new CorruptStoreException("the sink " + position.sink() + " already holds offset "
                    + position.offset() + " of account " + journal.account() + ", but its journal ends at "
                    + journal.nextOffset() + ": the state directory is older than the sink's data. Bring back the"
                    + " newer state directory, or give the sink a new target");
        }
    }

    private void openLanes(
            AccountSpec spec, AccountJournal journal, AccountContacts contacts, Map<String, Long> stored) {
        var lanes = new AccountLanes(spec, journal, new EventDecoder(journal.account(), contacts), stored);
        accounts.put(journal.account(), lanes);
        settle(lanes);
    }

    /** A lane for each sink there is, and none for those that left meanwhile. */
    private void settle(AccountLanes lanes) {
        for (SinkPump pump : pumps.values()) {
            if (lanes.feeds(pump.name())) {
                boolean fresh = lanes.lane(pump.name()) == null;
                Lane lane = lanes.open(pump, () -> acknowledged(lanes));
                lane.signal();
                // The account may have left meanwhile: then nobody closes a lane that came behind the others.
                if (pumps.get(pump.name()) != pump || fresh && !lanes.feeds(pump.name())) {
                    lane.cut();
                }
            }
        }
        queueDirty(lanes);
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
            lanes.leave();
            return closing(lanes.open().toList())
                    .then(lastFlush(List.of(lanes)))
                    .then(Mono.fromSupplier(() -> {
                        accounts.remove(account);
                        lanes.decoder().close();
                        lanes.journal.trimTail(lanes.journal.nextOffset());
                        return lanes.allCursors();
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
            pumps.values().forEach(SinkPump::complete);
            List<AccountLanes> all = List.copyOf(accounts.values());
            // Behind the flush: what the lanes need is held by those that are open.
            return lastFlush(all).onErrorComplete().doFinally(signal -> all.forEach(AccountLanes::end));
        });
    }

    private boolean isDrained() {
        return accounts.values().stream().allMatch(lanes -> lanes.open().allMatch(Lane::isCaughtUp));
    }

    private void reportUndrained() {
        accounts.values().stream()
                .flatMap(AccountLanes::open)
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

    /** Per sink, how far it is behind with the account. */
    public Map<String, SinkLag> lags(AccountId account) {
        AccountLanes lanes = accounts.get(account);
        return lanes == null ? Map.of() : lanes.lags();
    }

    @Override
    public void appended(AccountJournal journal, List<Slot> slots) {
        AccountLanes lanes = accounts.get(journal.account());
        if (lanes == null) {
            return;
        }
        lanes.open().forEach(Lane::signal);
        if (!live.isIdle()) {
            slots.forEach(slot -> publish(lanes, slot));
        }
        if (lanes.nobodyKeepsUp()) {
            // Nobody waits for these in memory; without any sink, not in the journal either.
            acknowledged(lanes);
        }
    }

    @Override
    public long idleBytes() {
        long atWork = accounts.keySet().stream().mapToLong(shard::heldBytes).sum();
        return Math.max(0, shard.heldBytes() - atWork);
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
        lanes.journal.trimTail(lanes.inMemory());
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
