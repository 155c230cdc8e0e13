package io.wxflux;

import io.wxflux.error.ConfigurationException;
import io.wxflux.error.EngineStateException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.MessageReceived;
import io.wxflux.event.SinkLag;
import io.wxflux.event.SinkStatus;
import io.wxflux.internal.contacts.ContactCache;
import io.wxflux.internal.delivery.LiveEvents;
import io.wxflux.internal.jfr.EventTypes;
import io.wxflux.internal.journal.MemoryBudget;
import io.wxflux.internal.journal.SerialGate;
import io.wxflux.internal.session.Admission;
import io.wxflux.internal.transport.HostGuards;
import io.wxflux.model.AccountId;
import io.wxflux.model.MsgId;
import io.wxflux.model.Reply;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.ReplyOptions;
import io.wxflux.shard.Coordinator;
import io.wxflux.shard.InMemoryCoordinator;
import io.wxflux.shard.Shard;
import io.wxflux.shard.ShardEvent;
import io.wxflux.shard.ShardId;
import io.wxflux.sink.DeadLetterStore;
import io.wxflux.sink.EventSink;
import io.wxflux.sink.KeptLetter;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the parts together; see {@link Engine} for what they promise. */
final class DefaultEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger("io.wxflux.engine");

    /** How long sinks may take for the last live events. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private static final int FILE_THREADS = 8;
    private static final int FILE_TASKS = 100_000;
    private static final int FILE_THREAD_SECONDS = 10;

    private final EngineOptions options;
    private final BiFunction<HttpOptions, Scheduler, Network> networks;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final LiveEvents live = new LiveEvents();
    private final List<SinkSpec> sinks = new CopyOnWriteArrayList<>();
    private final Map<AccountId, AccountSpec> specs = new ConcurrentHashMap<>();
    private final Map<ShardId, ShardRun> shards = new ConcurrentHashMap<>();
    private final MemoryBudget memory;
    private final DeadLetterStore deadLetters;
    private final SinkObservers observers = new SinkObservers(live, this::isFed);

    /** Sinks come, go, are opened and closed one after the other. */
    private final SerialGate sinkChanges = new SerialGate();

    private final Set<String> replaying = ConcurrentHashMap.newKeySet();
    private volatile boolean sinksOpen;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> finished = Sinks.empty();

    DefaultEngine(EngineOptions options, BiFunction<HttpOptions, Scheduler, Network> networks, RandomGenerator random) {
        EventTypes.load();
        this.options = options;
        this.networks = networks;
        this.scheduler = options.scheduler() != null ? options.scheduler() : Schedulers.parallel();
        this.random = random;
        this.sinks.addAll(options.sinks());
        this.memory = new MemoryBudget(options.delivery().totalTailBytes());
        this.deadLetters = options.deadLetters() != null ? options.deadLetters() : new MemoryDeadLetters();
    }

    static Engine create(EngineOptions options) {
        var problems = new ArrayList<String>();
        Map<String, SinkSpec> names = new LinkedHashMap<>();
        for (SinkSpec sink : options.sinks()) {
            if (names.put(sink.name(), sink) != null) {
                problems.add("two sinks are named " + sink.name() + "; a name is one cursor");
            }
        }
        var engine = new DefaultEngine(options, RealNetwork::new, RandomGenerator.of("L64X128MixRandom"));
        for (AccountSpec account : options.accounts()) {
            AccountSpec twin = engine.twin(account);
            if (twin != null) {
                problems.add("the accounts " + twin.id() + " and " + account.id() + " have the same uin");
            }
            if (engine.specs.put(account.id(), account) != null) {
                problems.add("two accounts have the id " + account.id());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("; ", problems));
        }
        return engine;
    }

    @Override
    public Engine handle(String name, Function<AccountEvent, Mono<Void>> handler) {
        if (started.get()) {
            throw new EngineStateException("handle() works before run() only: use addSink() for one that comes later");
        }
        if (sinks.stream().anyMatch(sink -> sink.name().equals(name))) {
            throw new IllegalArgumentException("there is a sink named " + name + " already");
        }
        sinks.add(SinkSpec.of(name, new HandlerSink(handler)));
        return this;
    }

    @Override
    public Engine reply(String name, ReplyOptions replying, Function<MessageReceived, Mono<Reply>> bot) {
        return handle(name, new AutoReply(name, this::running, bot, replying, scheduler));
    }

    @Override
    public Mono<Void> run() {
        return Mono.defer(() -> {
                    if (!started.compareAndSet(false, true)) {
                        return Mono.error(new EngineStateException("an engine runs once; create another one"));
                    }
                    Coordinator coordinator =
                            options.coordinator() != null ? options.coordinator() : new InMemoryCoordinator();
                    return Mono.using(
                                    DefaultEngine::fileThreads,
                                    files -> Mono.usingWhen(
                                            Mono.fromSupplier(() -> networks.apply(options.http(), scheduler)),
                                            network -> checked()
                                                    .then(openSinks())
                                                    .then(Mono.defer(() -> runShards(coordinator, network, files))),
                                            network -> close(coordinator, network)),
                                    Scheduler::dispose)
                            .doFinally(signal -> {
                                ending.set(true);
                                live.complete();
                                finished.tryEmitEmpty();
                            });
                })
                .then();
    }

    /** For media only: what is durable is the store's, which has its own. */
    private static Scheduler fileThreads() {
        return Schedulers.newBoundedElastic(FILE_THREADS, FILE_TASKS, "wxflux-files", FILE_THREAD_SECONDS, true);
    }

    private Mono<Void> checked() {
        return Mono.fromRunnable(() -> requireKnownSinks(specs.values()));
    }

    private Mono<Void> openSinks() {
        return sinkChanges.inTurn(() -> Flux.fromIterable(sinks)
                .concatMap(sink -> sink.sink().open())
                .then(Mono.fromRunnable(() -> {
                    sinksOpen = true;
                    sinks.forEach(observers::add);
                })));
    }

    private Mono<Void> runShards(Coordinator coordinator, Network network, Scheduler files) {
        var resources = new EngineResources(
                options,
                sinks,
                network,
                live,
                deadLetters,
                memory,
                new ContactCache(options.contacts().cacheBytes()),
                Admission.of(options.login(), random, scheduler),
                new HostGuards(options.http(), scheduler, random),
                scheduler,
                random,
                files,
                stop.asMono());
        Mono<Void> granted = coordinator
                .shards()
                .takeUntilOther(stop.asMono())
                .flatMap(event -> on(event, resources), Integer.MAX_VALUE, 1)
                .then();
        // The live events complete with the shards, so that observers have the last of them; one that hangs is cut off.
        Mono<Void> observing = observers.run();
        Sinks.Empty<Void> ended = Sinks.empty();
        Mono<Void> last = ended.asMono().then(Mono.delay(LAST_LOOK, scheduler)).then();
        return Mono.when(observing.takeUntilOther(last), granted.doFinally(signal -> {
            live.complete();
            observers.complete();
            ended.tryEmitEmpty();
        }));
    }

    private Mono<Void> on(ShardEvent event, EngineResources resources) {
        if (event instanceof ShardEvent.Acquired acquired) {
            return runShard(acquired.shard(), resources);
        }
        ShardId gone = event instanceof ShardEvent.Revoking revoking ? revoking.id() : ((ShardEvent.Lost) event).id();
        ShardRun run = shards.get(gone);
        if (run != null) {
            run.requestStop();
        }
        return Mono.empty();
    }

    private Mono<Void> runShard(Shard shard, EngineResources resources) {
        var run = new ShardRun(shard, resources);
        return run.run(() -> {
                    shards.put(shard.id(), run);
                    specs.values().forEach(run::addUnlessStopped);
                })
                .doFinally(signal -> shards.remove(shard.id(), run));
    }

    private boolean isFed(SinkSpec sink, AccountEvent event) {
        AccountSpec spec = specs.get(event.account());
        return spec == null || spec.feeds(sink.name());
    }

    private Mono<Void> close(Coordinator coordinator, Network network) {
        Mono<Void> closingSinks = sinkChanges.inTurn(() -> {
            ending.set(true);
            return Flux.fromIterable(sinks)
                    .map(SinkSpec::sink)
                    .concatMapDelayError(EventSink::close)
                    .then();
        });
        return Flux.just(closingSinks, coordinator.close(), network.close())
                .concatMapDelayError(Function.identity())
                .then();
    }

    @Override
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            ending.set(true);
            stop.tryEmitEmpty();
            return started.get() ? finished.asMono() : Mono.empty();
        });
    }

    @Override
    public Account account(AccountId id) {
        return running(id);
    }

    private AccountRun running(AccountId id) {
        return runs().filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no account " + id + (started.get() ? "" : " yet: the engine does not run")));
    }

    @Override
    public List<AccountStatus> accounts() {
        return runs().map(AccountRun::status)
                .sorted(Comparator.comparing(AccountStatus::account))
                .toList();
    }

    private Stream<AccountRun> runs() {
        return shards.values().stream().flatMap(run -> run.accounts().values().stream());
    }

    @Override
    public Mono<Void> add(AccountSpec account) {
        return Mono.defer(() -> {
            requireKnownSinks(List.of(account));
            if (ending.get()) {
                return Mono.error(stopped(account.id()));
            }
            AccountSpec twin = twin(account);
            if (twin != null) {
                throw new IllegalArgumentException("the account " + twin.id() + " has the uin of " + account.id()
                        + " already: nobody is two accounts");
            }
            if (specs.putIfAbsent(account.id(), account) != null) {
                throw new IllegalArgumentException("there is an account " + account.id() + " already");
            }
            return shards.values().stream()
                    .findFirst()
                    .map(run -> run.addWhenGone(account))
                    .orElseGet(Mono::empty)
                    .doOnError(error -> specs.remove(account.id(), account));
        });
    }

    /** Another account that is to be the same person; null when there is none, or nobody said who they are. */
    private @Nullable AccountSpec twin(AccountSpec account) {
        return specs.values().stream()
                .filter(other -> !other.id().equals(account.id()))
                .filter(other -> account.uin() != null && account.uin().equals(other.uin()))
                .findFirst()
                .orElse(null);
    }

    static EngineStateException stopped(AccountId account) {
        return new EngineStateException("account " + account + " was not added: the engine is stopping or has stopped."
                + " Add it to the next engine");
    }

    @Override
    public Mono<Void> remove(AccountId id) {
        return Mono.defer(() -> {
            // In this order: whoever finds the id free to be added finds the account leaving, too.
            shards.values().forEach(run -> run.remove(id));
            specs.remove(id);
            return Flux.fromIterable(shards.values())
                    .concatMap(run -> run.remove(id))
                    .then();
        });
    }

    @Override
    public Mono<Void> addSink(SinkSpec sink) {
        return sinkChanges.inTurn(() -> {
            if (ending.get()) {
                return Mono.error(new EngineStateException("the sink " + sink.name()
                        + " was not added: the engine is stopping or has stopped. Give it to the next engine"));
            }
            if (configured(sink.name()) != null) {
                return Mono.error(new IllegalArgumentException("there is a sink named " + sink.name() + " already"));
            }
            if (!sinksOpen) {
                sinks.add(sink);
                return Mono.empty();
            }
            return sink.sink().open().then(Mono.defer(() -> {
                sinks.add(sink);
                observers.add(sink);
                return eachShard(run -> run.addSink(sink))
                        .onErrorResume(error -> takeOut(sink).onErrorComplete().then(Mono.error(error)));
            }));
        });
    }

    @Override
    public Mono<Void> removeSink(String name) {
        return sinkChanges.inTurn(() -> {
            SinkSpec sink = configured(name);
            return sink == null ? Mono.empty() : takeOut(sink);
        });
    }

    /** In this order: accounts that come now do not feed it any more; it is closed when nothing is written to it. */
    private Mono<Void> takeOut(SinkSpec sink) {
        return Mono.defer(() -> {
            sinks.remove(sink);
            if (!sinksOpen) {
                return Mono.empty();
            }
            observers.remove(sink);
            return eachShard(run -> run.removeSink(sink.name()))
                    .then(Mono.defer(() -> sink.sink().close()));
        });
    }

    @Override
    public Mono<Void> forgetSink(String name) {
        return sinkChanges.inTurn(() -> {
            if (configured(name) != null) {
                return Mono.error(new IllegalArgumentException(
                        "the sink " + name + " is at work: take it out before its cursors are forgotten"));
            }
            if (shards.values().stream().noneMatch(run -> run.namesWithCursors().contains(name))) {
                return Mono.error(new IllegalArgumentException("no cursor is kept for a sink named " + name));
            }
            return eachShard(run -> run.forgetSink(name));
        });
    }

    private Mono<Void> eachShard(Function<ShardRun, Mono<Void>> work) {
        return Flux.defer(() -> Flux.fromIterable(shards.values()))
                .concatMap(work)
                .then();
    }

    private @Nullable SinkSpec configured(String name) {
        return sinks.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<SinkStatus> sinks() {
        List<AccountStatus> statuses = accounts();
        Set<String> names = new TreeSet<>();
        sinks.forEach(sink -> names.add(sink.name()));
        shards.values().forEach(run -> names.addAll(run.namesWithCursors()));
        return names.stream().map(name -> sinkStatus(name, statuses)).toList();
    }

    private SinkStatus sinkStatus(String name, List<AccountStatus> statuses) {
        SinkSpec sink = configured(name);
        List<SinkLag> lags = statuses.stream()
                .map(status -> status.sinks().get(name))
                .filter(Objects::nonNull)
                .toList();
        return new SinkStatus(
                name,
                sink != null,
                sink != null && sink.required(),
                lags.size(),
                (int) lags.stream().filter(lag -> lag.events() > 0).count(),
                lags.stream().mapToLong(SinkLag::events).sum(),
                lags.stream()
                        .map(SinkLag::trouble)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    @Override
    public Flux<KeptLetter> deadLetters() {
        return Flux.defer(deadLetters::letters);
    }

    @Override
    public Mono<Void> replay(KeptLetter letter) {
        return Mono.defer(() -> {
            ShardRun shard = shards.values().stream()
                    .filter(run -> run.accounts().containsKey(letter.account()))
                    .findFirst()
                    .orElseThrow(() -> new EngineStateException(
                            "the letter " + letter.eventId() + " waits: the account does not run"));
            String name = letter.sink() + "/" + letter.account() + "/" + letter.eventId();
            if (!replaying.add(name)) {
                throw new EngineStateException("the letter " + letter.eventId() + " is being replayed already");
            }
            return shard.replay(letter)
                    .then(Mono.defer(() -> deadLetters.remove(letter)))
                    .doFinally(signal -> replaying.remove(name))
                    // The sink may have it already: whoever asked may leave, the letter is taken off all the same.
                    .cache();
        });
    }

    @Override
    public Flux<MessageTrace> trace(MsgId id, Predicate<AccountId> accounts) {
        return Flux.defer(() -> Flux.fromIterable(shards.values())).concatMap(run -> run.trace(id, accounts));
    }

    private void requireKnownSinks(Iterable<AccountSpec> accounts) {
        for (AccountSpec account : accounts) {
            for (String name : account.sinks()) {
                if (sinks.stream().noneMatch(sink -> Objects.equals(sink.name(), name))) {
                    throw new IllegalArgumentException(
                            "account " + account.id() + " names the sink " + name + ", which there is not");
                }
            }
        }
    }

    /** What delivery keeps in memory. */
    MemoryBudget memory() {
        return memory;
    }

    @Override
    public Flux<AccountEvent> events() {
        return live.flux();
    }
}
