package io.wxflux.simulation;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.SimulatedEngine;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.event.AccountState;
import io.wxflux.model.AccountId;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.DeliveryOptions;
import io.wxflux.options.LoginOptions;
import io.wxflux.simulation.Swarm.Disaster;
import io.wxflux.simulation.Trace.Offence;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.SinkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One seed: an engine with its accounts among faults for a while, then everything heals and the rest must arrive. The same
 * seed gives the same run, to the nanosecond.
 */
final class Simulation {
    /** How long everything may take to arrive once nothing is broken any more. */
    static final Duration RECOVERY = Duration.ofMinutes(10);

    private static final long STOP_MILLIS = 15_000;

    /**
     * How much is simulated.
     *
     * @param time of the faults
     * @param herd whether it is about many accounts in one outage, and nothing else
     */
    record Size(int accounts, Duration time, boolean herd) {
        Size(int accounts, Duration time) {
            this(accounts, time, false);
        }
    }

    /** What came of it. */
    record Outcome(long seed, List<Offence> offences, long hash, long steps, long messages, int lives, String swarm) {
        boolean isClean() {
            return offences.isEmpty();
        }
    }

    private final long seed;
    private final Size size;
    private final VirtualTime time;
    private final Trace trace;
    private final Swarm swarm;
    private final SplittableRandom random;
    private final SplittableRandom chanceOfEngines;
    private final SimulatedStore store;
    private final SimulatedService service;
    private final List<SimulatedSink> sinks = new ArrayList<>();
    private boolean deadLettersDown;
    private boolean healed;

    private int lives;
    private @Nullable Life life;
    private @Nullable Engine engine;
    private @Nullable Disposable run;
    private boolean starting;
    private boolean stopping;
    private boolean ended;
    private @Nullable Throwable failure;
    private boolean powerFails;

    Simulation(long seed, Size size, @Nullable Consumer<String> reader) {
        this.seed = seed;
        this.size = size;
        var root = new SplittableRandom(seed);
        this.swarm = new Swarm(root.split(), size.herd());
        this.time = new VirtualTime(root.split(), swarm.longestHopNanos);
        this.trace = new Trace(time, reader);
        this.random = root.split();
        this.chanceOfEngines = root.split();
        this.store = new SimulatedStore(time, trace, root.split(), swarm.commitMillis);
        this.service = new SimulatedService(time, trace, root.split(), swarm, store);
        SimulatedService.names(size.accounts()).forEach(service::add);
        addSink("plain", false, false, root.split());
        addSink("ledger", true, false, root.split());
        addSink(swarm.picky ? "picky" : "second", false, swarm.picky, root.split());
    }

    private void addSink(String name, boolean transactional, boolean picky, SplittableRandom chance) {
        sinks.add(new SimulatedSink(name, transactional, picky, time, trace, chance, store, swarm, service::observed));
    }

    /** Runs it to its end. */
    Outcome run() {
        try {
            Surprises.watch(trace);
            schedule();
            start();
            pass(size.time().toMillis());
            heal();
            long until = time.elapsed() + RECOVERY.toMillis();
            while (time.elapsed() < until && trace.isClean() && !isSettled()) {
                pass(time.elapsed() + 1_000);
            }
            judge();
            if (trace.isClean()) {
                stopForGood();
            } else {
                crash(false);
            }
        } catch (RuntimeException | Error e) {
            trace.offence(Invariant.NO_SURPRISE, "the simulation itself failed: " + e);
            if (Boolean.getBoolean("wxflux.simulation.stack")) {
                e.printStackTrace();
            }
        } finally {
            Surprises.unwatch();
        }
        int messages =
                service.accounts().stream().mapToInt(SimulatedAccount::total).sum();
        return new Outcome(seed, trace.offences(), trace.hash(), time.steps(), messages, lives, swarm.toString());
    }

    private void pass(long untilElapsed) {
        time.in(Math.max(0, untilElapsed - time.elapsed()), () -> {});
        while (time.elapsed() < untilElapsed && time.step()) {
            Life now = life;
            if (now != null && !now.isAlive()) {
                crashed();
            } else if (ended && !starting) {
                endedByItself();
            }
        }
    }

    private void schedule() {
        if (size.herd()) {
            outage();
            return;
        }
        for (SimulatedAccount account : service.accounts()) {
            message(account);
        }
        List<Disaster> kinds = swarm.disasters();
        if (kinds.isEmpty()) {
            return;
        }
        double count = swarm.disastersEachTenMinutes * size.time().toMillis() / 600_000;
        for (int i = 0; i < count; i++) {
            Disaster disaster = kinds.get(random.nextInt(kinds.size()));
            time.in(random.nextLong(size.time().toMillis()), () -> strike(disaster));
        }
    }

    /** All hosts, or the one that everybody polls, are down for some minutes while nothing else happens. */
    private void outage() {
        boolean all = random.nextBoolean();
        String host = all ? null : Hosts.push(anyAccount().api);
        Hosts.State way = SimulatedService.noisyWaysDown().get(random.nextInt(4));
        long from = within(240_000, 270_000);
        long until = from + within(180_000, 300_000);
        service.load().outage(host, from, until);
        time.in(from, () -> service.down(host, way));
        time.in(until, () -> service.up(host));
    }

    private void message(SimulatedAccount account) {
        long pause = 1 + random.nextInt(swarm.messageEverySeconds * 2_000);
        time.in(pause, () -> {
            if (!healed) {
                account.receives(1 + random.nextInt(3) / 2);
                message(account);
            }
        });
    }

    private SimulatedAccount anyAccount() {
        return List.copyOf(service.accounts()).get(random.nextInt(size.accounts()));
    }

    private SimulatedSink anySink() {
        return sinks.get(random.nextInt(sinks.size()));
    }

    private long within(int fromMillis, int toMillis) {
        return fromMillis + random.nextInt(toMillis - fromMillis);
    }

    private void strike(Disaster disaster) {
        if (healed) {
            return;
        }
        trace.add("DISASTER", disaster.name());
        List<Hosts.State> ways = SimulatedService.waysDown();
        Hosts.State way = ways.get(random.nextInt(ways.size()));
        switch (disaster) {
            case HOST_DOWN -> {
                String api = anyAccount().api;
                String host = switch (random.nextInt(4)) {
                    case 0 -> api;
                    case 1 -> "login.weixin.qq.com";
                    default -> Hosts.push(api);
                };
                service.down(host, way);
                time.in(within(1_000, 180_000), () -> service.up(host));
            }
            case ALL_HOSTS_DOWN -> {
                service.down(null, way);
                time.in(within(1_000, 300_000), () -> service.up(null));
            }
            case STORE_FULL -> {
                store.full = true;
                storeTrouble(true);
                time.in(within(500, 90_000), () -> {
                    store.full = false;
                    storeTrouble(false);
                });
            }
            case STORE_SLOW -> {
                store.commitMillis = 3_000;
                time.in(within(500, 60_000), () -> store.commitMillis = swarm.commitMillis);
            }
            case STORE_UNREADABLE -> {
                store.unreadable = true;
                storeTrouble(true);
                time.in(within(500, 60_000), () -> {
                    store.unreadable = false;
                    storeTrouble(false);
                });
            }
            case STORE_UNKNOWN -> store.losesTrack = true;
            case SINK_DOWN -> sink(random.nextBoolean() ? SimulatedSink.Mode.DOWN : SimulatedSink.Mode.THROWS);
            case SINK_STALLS -> sink(SimulatedSink.Mode.STALLS);
            case SINK_LOSES_ANSWERS -> sink(SimulatedSink.Mode.LOSES_ANSWERS);
            case DEAD_LETTERS_DOWN -> {
                deadLettersDown = true;
                time.in(within(500, 60_000), () -> deadLettersDown = false);
            }
            case KILL, POWER_LOSS -> {
                Life now = life;
                if (now != null) {
                    powerFails = disaster == Disaster.POWER_LOSS;
                    now.dieAtTouch(1 + random.nextInt(40));
                }
            }
            case STOP -> stop();
            case FREEZE -> {
                Life now = life;
                if (now != null) {
                    now.freeze(within(1_000, 120_000));
                    service.slept();
                }
            }
            case SESSION_END -> anyAccount().endSession(1100 + random.nextInt(3));
            case BURST -> anyAccount().receives(20 + random.nextInt(100));
        }
    }

    /** From its begin until everybody had time to notice that it is over. */
    private void storeTrouble(boolean begins) {
        if (begins) {
            service.slept();
            service.storeTrouble = true;
        } else {
            time.in(60_000, () -> {
                service.slept();
                service.storeTrouble = store.full || store.unreadable;
            });
        }
    }

    private void sink(SimulatedSink.Mode mode) {
        SimulatedSink sink = anySink();
        sink.mode(mode);
        time.in(within(500, 180_000), () -> sink.mode(SimulatedSink.Mode.TAKES));
    }

    private void start() {
        starting = false;
        stopping = false;
        ended = false;
        failure = null;
        lives++;
        trace.add("PROCESS", "starts", lives);
        var next = new Life(time);
        life = next;
        var options = EngineOptions.builder()
                .coordinator(store.open(next))
                .login(LoginOptions.defaults().withConcurrentLogins(swarm.concurrentLogins))
                .delivery(delivery())
                .deadLetters(this::deadLetter)
                .scheduler(next);
        sinks.forEach(sink -> options.sink(SinkSpec.of(sink.name, sink.in(next)).from(SinkSpec.From.EARLIEST)));
        SimulatedService.names(size.accounts()).forEach(name -> options.account(AccountSpec.of(name)));
        EngineOptions built = options.build();
        Engine started =
                SimulatedEngine.create(built, account -> service.exchange(next, account), chanceOfEngines.split());
        built.accounts().forEach(spec -> started.add(spec).subscribe());
        engine = started;
        run = started.run()
                .subscribe(
                        done -> {},
                        error -> {
                            if (life == next) {
                                failure = error;
                                ended = true;
                            }
                        },
                        () -> ended |= life == next);
    }

    private DeliveryOptions delivery() {
        DeliveryOptions defaults = DeliveryOptions.defaults();
        return new DeliveryOptions(
                swarm.tailBytes,
                swarm.totalTailBytes,
                swarm.maxBatch,
                defaults.attempts(),
                defaults.attemptsWithin(),
                defaults.maxBackoff(),
                Duration.ofMillis(swarm.cursorDelayMillis),
                defaults.drainTimeout(),
                defaults.writeTimeout());
    }

    private Mono<Void> deadLetter(DeadLetter letter) {
        return Mono.defer(() -> {
            if (deadLettersDown) {
                return Mono.error(new IllegalStateException("the dead letters cannot be kept now"));
            }
            return sinks.stream()
                    .filter(sink -> sink.name.equals(letter.sink()))
                    .findFirst()
                    .orElseThrow()
                    .addDeadLetter(letter);
        });
    }

    private void stop() {
        Engine now = engine;
        Life of = life;
        if (now == null || of == null || starting || stopping) {
            return;
        }
        stopping = true;
        // A machine that sleeps can be asked nothing, and its time to stop begins when it wakes.
        if (of.frozenUntil() > time.nanos()) {
            time.in(of, 0, () -> stop(now, of));
        } else {
            stop(now, of);
        }
    }

    private void stop(Engine now, Life of) {
        trace.add("PROCESS", "is asked to stop");
        now.stop().subscribe();
        // Whoever operates it does not wait for ever.
        time.in(STOP_MILLIS * 2, () -> {
            if (life == of && stopping) {
                trace.add("PROCESS", "does not stop, is killed");
                of.die();
            }
        });
    }

    /** The process is gone in the middle of something. */
    private void crashed() {
        crash(powerFails);
        startAgain(within(100, 20_000));
    }

    private void crash(boolean power) {
        Life gone = life;
        if (gone == null) {
            return;
        }
        trace.add("PROCESS", power ? "loses power" : "is killed");
        gone.die();
        powerFails = false;
        store.crashed(power);
        // One that has just woken had no time to store its cursors.
        boolean slept = gone.frozenUntil() > time.nanos() - TimeUnit.SECONDS.toNanos(5);
        sinks.forEach(sink -> sink.crashed(power || slept, swarm.cursorDelayMillis));
        putAway(gone);
    }

    private void putAway(Life gone) {
        service.died(gone);
        life = null;
        engine = null;
        Disposable running = run;
        if (running != null) {
            running.dispose();
        }
    }

    private void endedByItself() {
        Life gone = life;
        if (gone == null) {
            return;
        }
        Throwable error = failure;
        trace.add(
                "PROCESS",
                error == null ? "has stopped" : "ends: " + error.getClass().getSimpleName());
        if (error == null && !stopping) {
            trace.offence(Invariant.NO_SURPRISE, "the engine ended though nobody stopped it");
        }
        if (error != null
                && !(error instanceof UnknownOutcomeException || error instanceof StoreUnavailableException)) {
            trace.offence(Invariant.NO_SURPRISE, "the engine ended with " + error);
        }
        gone.die();
        if (error == null) {
            sinks.forEach(SimulatedSink::stopped);
        } else {
            store.crashed(true);
            sinks.forEach(sink -> sink.crashed(true, swarm.cursorDelayMillis));
        }
        putAway(gone);
        startAgain(within(100, 20_000));
    }

    private void startAgain(long millis) {
        starting = true;
        ended = false;
        time.in(millis, this::start);
    }

    private void heal() {
        healed = true;
        trace.add("WORLD", "everything heals");
        service.heal();
        store.full = false;
        store.unreadable = false;
        store.losesTrack = false;
        store.commitMillis = swarm.commitMillis;
        deadLettersDown = false;
        sinks.forEach(sink -> sink.mode(SimulatedSink.Mode.TAKES));
        Life now = life;
        if (now != null) {
            now.dieAtTouch(Integer.MAX_VALUE);
        }
        ownersLook();
    }

    /** Whoever finds that an account gave up asking for a scan lets it ask again. */
    private void ownersLook() {
        Engine running = engine;
        if (running != null && !stopping) {
            service.accounts().stream()
                    .map(account -> running.account(AccountId.of(account.id)))
                    .filter(account -> account.status().state() == AccountState.REFUSED)
                    .forEach(account -> account.signIn().subscribe());
        }
    }

    private boolean isSettled() {
        return engine != null
                && !stopping
                && service.accounts().stream().allMatch(account -> account.isCaughtUp() && missing(account) == null);
    }

    private @Nullable String missing(SimulatedAccount account) {
        for (int i = 0; i < account.total(); i++) {
            for (SimulatedSink sink : sinks) {
                if (account.isOwed(i) && !sink.has(account.id, i)) {
                    return "message " + i + " of " + account.id + " is not in " + sink.name;
                }
            }
        }
        return null;
    }

    private void judge() {
        if (!trace.isClean()) {
            return;
        }
        if (size.herd()) {
            service.load().judge(SimulatedService.names(size.accounts()));
        }
        for (SimulatedAccount account : service.accounts()) {
            String missing = missing(account);
            if (account.isCaughtUp() && missing != null) {
                trace.offence(Invariant.NOTHING_LOST, missing);
            } else if (!account.isCaughtUp()) {
                trace.offence(
                        Invariant.PROGRESS,
                        account.id + " has not caught up " + RECOVERY.toMinutes() + " min after the last fault");
            }
        }
    }

    /** When the machine wakes, or woke, in milliseconds since the simulation began. */
    private long frozenUntil() {
        Life now = life;
        return now == null ? 0 : time.elapsed() + (now.frozenUntil() - time.nanos()) / 1_000_000;
    }

    private void stopForGood() {
        stop();
        long until = Math.max(time.elapsed(), frozenUntil()) + STOP_MILLIS;
        while (time.elapsed() < until && !ended && time.step()) {
            // Nothing else to do.
        }
        if (!ended || failure != null) {
            trace.offence(Invariant.PROGRESS, "the engine did not stop within " + STOP_MILLIS / 1_000 + " s");
        }
        Life now = life;
        if (now != null) {
            now.die();
            putAway(now);
        }
    }
}
