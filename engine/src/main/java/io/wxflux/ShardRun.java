package io.wxflux;

import io.wxflux.error.EngineStateException;
import io.wxflux.internal.delivery.Delivery;
import io.wxflux.internal.journal.AccountJournal;
import io.wxflux.internal.journal.JournalSearch;
import io.wxflux.internal.journal.ReadyQueue;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.PlainTime;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Shard;
import io.wxflux.shard.StoredAccount;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** The accounts of one shard, from its grant to its end. */
final class ShardRun {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.engine");
    private static final Duration STORE_FIRST = Duration.ofMillis(200);
    private static final Duration STORE_LONGEST = Duration.ofSeconds(10);

    private static final int TRACED_AT_ONCE = 4;

    private final Shard shard;
    private final EngineResources resources;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Mono<Void> stopped;
    private final Delivery delivery;
    private final ReadyQueue<AccountRun> arrivals = new ReadyQueue<>();
    private final Map<AccountId, StoredAccount> restored = new ConcurrentHashMap<>();
    private final Map<AccountId, AccountJournal> journals = new ConcurrentHashMap<>();
    private final Map<AccountId, AccountRun> accounts = new ConcurrentHashMap<>();

    ShardRun(Shard shard, EngineResources resources) {
        this.shard = shard;
        this.stopped = Mono.firstWithSignal(resources.stop(), stop.asMono());
        this.resources = new EngineResources(
                resources.options(),
                resources.sinks(),
                resources.network(),
                resources.live(),
                resources.deadLetters(),
                resources.memory(),
                resources.contactCache(),
                resources.admission(),
                resources.hostGuards(),
                resources.scheduler(),
                resources.random(),
                resources.files(),
                stopped);
        this.delivery = new Delivery(
                shard,
                resources.live(),
                resources.options().delivery(),
                resources.deadLetters(),
                resources.scheduler(),
                resources.random());
    }

    /**
     * Restores, then runs the accounts until the stop, then lets the sinks have what was fetched.
     *
     * @param onRestored told once accounts may be added
     */
    Mono<Void> run(Runnable onRestored) {
        return shard.restore()
                .doOnNext(stored -> restored.put(stored.account(), stored))
                .then(Mono.fromRunnable(this::reportOrphans))
                // Those that are there before any account is, so that its journal begins where they are.
                .then(settleSinks())
                .then(Mono.fromRunnable(onRestored))
                // Sinks that came or went before the engine knew of this shard.
                .then(settleSinks())
                .then(Mono.fromRunnable(this::reportIdle))
                .then(Mono.defer(() -> runAccounts().then(delivery.drain()).and(delivery.run())));
    }

    private Mono<Void> runAccounts() {
        Flux<AccountSpec> assigned = shard.accounts().doOnNext(this::addUnlessStopped);
        Mono<Void> running =
                arrivals.flatMap(AccountRun::run, Integer.MAX_VALUE, 1).then();
        Mono<Void> closing = stopped.then(Mono.fromRunnable(arrivals::complete));
        return running.and(closing).and(assigned.takeUntilOther(stopped));
    }

    /** Does nothing when the account is there: the start and an application may add it at the same moment. */
    void addUnlessStopped(AccountSpec spec) {
        if (arrivals.isCompleted()) {
            return;
        }
        var fresh = new AtomicBoolean();
        AccountRun run = accounts.computeIfAbsent(spec.id(), id -> {
            fresh.set(true);
            StoredAccount stored = stored(id);
            return new AccountRun(spec, stored, journal(stored), delivery, resources);
        });
        if (fresh.get() && !arrivals.offer(run)) {
            accounts.remove(spec.id(), run);
        }
    }

    /**
     * An account of this id that is being taken out is waited for. <b>Errors</b> {@link EngineStateException} after the
     * stop: it would never run.
     */
    Mono<Void> addWhenGone(AccountSpec spec) {
        return Mono.defer(() -> {
            AccountRun before = accounts.get(spec.id());
            return (before == null ? Mono.<Void>empty() : before.leaving().onErrorComplete())
                    .then(Mono.fromRunnable(() -> {
                        addUnlessStopped(spec);
                        if (!accounts.containsKey(spec.id())) {
                            throw DefaultEngine.stopped(spec.id());
                        }
                    }));
        });
    }

    /** The account counts as leaving from this call on, and leaves once, whoever subscribes how often. */
    Mono<Void> remove(AccountId id) {
        AccountRun run = accounts.get(id);
        return run == null ? Mono.empty() : run.leaving(() -> leave(run));
    }

    private Mono<Void> leave(AccountRun run) {
        return run.end()
                .then(delivery.close(run.id()))
                .doOnNext(cursors -> {
                    // What it knows now is what a later add() goes on with, not what was restored at the start.
                    restored.put(run.id(), run.snapshot(cursors));
                    // Before it is gone: it may be added again from then on, and claim its person anew.
                    resources.admission().owners().release(run.id());
                    accounts.remove(run.id());
                })
                .then();
    }

    Map<AccountId, AccountRun> accounts() {
        return accounts;
    }

    void requestStop() {
        stop.tryEmitEmpty();
    }

    private StoredAccount stored(AccountId id) {
        StoredAccount known = restored.get(id);
        return known == null ? StoredAccount.empty(id) : known;
    }

    private AccountJournal journal(StoredAccount stored) {
        return journals.computeIfAbsent(
                stored.account(),
                id -> new AccountJournal(
                        shard,
                        stored,
                        resources.scheduler(),
                        delivery,
                        storeRetry(id),
                        resources.options().journal(),
                        resources.options().delivery().tailBytes(),
                        resources.memory()));
    }

    /** A store that cannot take a commit now is waited for, until the account stops; then its error is the answer. */
    private Retry storeRetry(AccountId id) {
        return Retry.from(failures -> failures.concatMap(signal -> {
            Throwable error = signal.failure();
            if (!AccountJournal.isWorthWaiting(error)) {
                return Mono.<Long>error(error);
            }
            long most = Math.min(
                    STORE_LONGEST.toMillis(), STORE_FIRST.toMillis() << Math.min(signal.totalRetriesInARow(), 10));
            Duration wait = Duration.ofMillis(most / 2 + resources.random().nextLong(most / 2 + 1));
            if (Long.bitCount(signal.totalRetriesInARow() + 1) == 1) {
                log.warn(
                        "{}: the store is not available (failure {} in a row), tried again in {}: {}",
                        id,
                        signal.totalRetriesInARow() + 1,
                        PlainTime.of(wait),
                        error.getMessage());
            }
            return Mono.delay(wait, resources.scheduler())
                    .takeUntilOther(stopOf(id))
                    .switchIfEmpty(Mono.error(error));
        }));
    }

    /** Asked for at each failure: a journal outlives an account that is taken out and added again. */
    private Mono<Void> stopOf(AccountId id) {
        AccountRun run = accounts.get(id);
        return run == null ? stopped : run.stopRequested();
    }

    private Mono<Void> settleSinks() {
        return Flux.defer(() -> {
                    Set<String> gone = delivery.sinkNames();
                    resources.sinks().forEach(sink -> gone.remove(sink.name()));
                    return Flux.fromIterable(resources.sinks())
                            .concatMap(this::addSink)
                            .thenMany(Flux.fromIterable(gone).concatMap(this::removeSink));
                })
                .then();
    }

    /** Does nothing when it is there. */
    Mono<Void> addSink(SinkSpec sink) {
        return delivery.add(sink);
    }

    Mono<Void> removeSink(String name) {
        return delivery.remove(name);
    }

    Mono<Void> replay(KeptLetter letter) {
        return delivery.replay(letter);
    }

    /** What became of a message, in each account that knows of it. */
    Flux<MessageTrace> trace(MsgId id, Predicate<AccountId> wanted) {
        var tracing = new Tracing(new JournalSearch(shard, resources.scheduler()), resources.deadLetters());
        return Flux.fromIterable(accounts.values())
                .filter(run -> wanted.test(run.id()))
                .flatMapSequential(run -> run.trace(tracing, id), TRACED_AT_ONCE, 1);
    }

    /** Names of sinks for which a cursor is kept. */
    Set<String> namesWithCursors() {
        Set<String> names = delivery.namesWithCursors();
        restored.forEach((id, stored) -> {
            if (!accounts.containsKey(id)) {
                names.addAll(stored.cursors().keySet());
            }
        });
        return names;
    }

    /** Forgets the cursors of a sink that is not there. */
    Mono<Void> forgetSink(String name) {
        return Mono.defer(() -> {
            Set<AccountId> holding = new TreeSet<>(delivery.forget(name));
            restored.replaceAll((id, stored) -> {
                if (!stored.cursors().containsKey(name)) {
                    return stored;
                }
                holding.add(id);
                return stored.withoutCursor(name);
            });
            List<CommitGroup.Cursor> gone = holding.stream()
                    .map(id -> new CommitGroup.Cursor(name, id, CommitGroup.Cursor.FORGET))
                    .toList();
            return gone.isEmpty() ? Mono.empty() : shard.commit(new CommitGroup(List.of(), gone, List.of()));
        });
    }

    /** Cursors of sinks that are configured no more hold nothing back, but somebody may have misspelt a name. */
    private void reportOrphans() {
        Set<String> orphans = new TreeSet<>();
        restored.values().forEach(stored -> orphans.addAll(stored.cursors().keySet()));
        resources.sinks().forEach(sink -> orphans.remove(sink.name()));
        if (!orphans.isEmpty()) {
            log.warn(
                    "cursors are stored for sinks that are not configured now: {}. They are kept until somebody forgets"
                            + " them (`wxflux sinks forget NAME`); events these sinks have not had may be dropped from"
                            + " the journal",
                    orphans);
        }
    }

    /** Their sinks wait for an account that is not configured now, and the disk for its sinks. */
    private void reportIdle() {
        var idle = new TreeMap<AccountId, Long>();
        restored.keySet().forEach(id -> {
            long held = shard.heldBytes(id);
            if (held > 0 && !accounts.containsKey(id)) {
                idle.put(id, held);
            }
        });
        if (!idle.isEmpty()) {
            log.warn(
                    "the journal holds events of accounts that do not run here now, in bytes: {}. They stay until their"
                            + " sinks have had them, for which the account has to run again; they do not count towards"
                            + " `journal.total-bytes`, but take room on the disk",
                    idle);
        }
    }
}
