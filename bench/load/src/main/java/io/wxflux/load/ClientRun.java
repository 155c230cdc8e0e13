package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.FaultOutcome;
import io.wxflux.load.LoadResult.Memory;
import io.wxflux.load.LoadResult.Second;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Measures one client against one simulator, from its start to its end. */
final class ClientRun implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    /** Signing in is slow where every account costs a handshake of several milliseconds. */
    private static final Duration SIGN_IN_EACH = Duration.ofMillis(500);

    private final LoadPlan plan;
    private final ClientKind kind;
    private final int accounts;
    private final ServiceProcess service;
    private final Listener listener;
    private final ChildProcess process;
    private final ProcessUse use;
    private final List<Second> series = new ArrayList<>();
    private long startedAt;
    private Duration lastCpu = Duration.ZERO;
    private long lastTick;
    private Note.@Nullable Tick latest;

    ClientRun(
            LoadPlan plan,
            ClientKind kind,
            int accounts,
            ServiceProcess service,
            List<Integer> cores,
            Path directory,
            Listener listener) {
        this.plan = plan;
        this.kind = kind;
        this.accounts = accounts;
        this.service = service;
        this.listener = listener;
        var config = new ClientConfig(
                kind,
                service.host(),
                service.port(),
                service.trust().toString(),
                directory.toAbsolutePath().toString(),
                accounts,
                plan.sinks(),
                plan.logins());
        process = new ChildProcess(
                cores, plan.jvm(), directory.resolve("client.log"), ClientMain.class, Json.line(config));
        use = process.use();
    }

    @Override
    public void close() {
        process.close();
    }

    ClientResult measure() throws InterruptedException {
        await(Note.Alive.class, START);
        long heapBefore = heap();
        long residentBefore = use.resident();
        listener.phase(kind.title() + ": " + accounts + " accounts sign in");
        startedAt = System.nanoTime();
        lastTick = startedAt;
        lastCpu = use.cpu();
        process.say("start");
        boolean all =
                ticking(Duration.ofSeconds(120).plus(SIGN_IN_EACH.multipliedBy(accounts)), () -> ready() >= accounts);
        double signIn = since(startedAt);
        if (!all) {
            throw new LoadFailed(kind.title() + ": " + ready() + " of " + accounts + " accounts signed in after "
                    + Math.round(signIn) + " s; " + problem());
        }
        listener.phase(kind.title() + ": idle");
        long idleFrom = System.nanoTime();
        Duration idleCpu = use.cpu();
        ticking(plan.settle(), () -> false);
        double idlePercent = percent(use.cpu().minus(idleCpu), since(idleFrom));
        var memory = new Memory(heapBefore, heap(), residentBefore, use.resident());
        int sockets = use.sockets();
        int threads = use.threads();
        LoadResult.@Nullable Load load = null;
        Measured measured = null;
        if (plan.rate() > 0) {
            measured = underLoad();
            threads = use.threads();
        }
        process.say("stop");
        Note.Final last = await(Note.Final.class, STOP);
        if (measured != null) {
            load = new LoadResult.Load(
                    measured.from(),
                    measured.seconds(),
                    measured.queued(),
                    last.messages(),
                    measured.perSecond(),
                    measured.cpuPercent(),
                    measured.serviceCpuPercent(),
                    service.violations(),
                    last.delays(),
                    measured.faults());
        }
        return new ClientResult(
                kind.option(),
                kind.title(),
                signIn,
                memory,
                threads,
                sockets,
                idlePercent,
                load,
                series,
                last.failures(),
                last.problem());
    }

    private record Measured(
            double from,
            double seconds,
            long queued,
            double perSecond,
            double cpuPercent,
            double serviceCpuPercent,
            List<FaultOutcome> faults) {}

    private Measured underLoad() throws InterruptedException {
        listener.phase(kind.title() + ": warming up");
        service.load(plan.rate(), plan.batch(), plan.kinds());
        ticking(plan.warmUp(), () -> false);
        process.say("measure");
        await(Note.Measuring.class, START);
        listener.phase(kind.title() + ": measuring for " + plan.duration().toSeconds() + " s");
        long begin = System.nanoTime();
        double from = since(startedAt);
        long before = messages();
        Duration cpu = use.cpu();
        Duration serviceCpu = service.cpu();
        var faults = new FaultSchedule(plan.faults(), service);
        ticking(plan.duration(), () -> {
            faults.at((System.nanoTime() - begin) / 1_000_000);
            return false;
        });
        faults.end();
        double seconds = since(begin);
        double perSecond = (messages() - before) / seconds;
        double cpuPercent = percent(use.cpu().minus(cpu), seconds);
        double servicePercent = percent(service.cpu().minus(serviceCpu), seconds);
        service.stopLoad();
        long queued = service.queued();
        listener.phase(kind.title() + ": waiting for what is under way");
        ticking(DRAIN, () -> messages() >= queued);
        return new Measured(
                from, seconds, queued, perSecond, cpuPercent, servicePercent, faults.outcomes(from, series));
    }

    private long heap() throws InterruptedException {
        process.say("heap");
        return await(Note.Heap.class, START).bytes();
    }

    private int ready() {
        return latest == null ? 0 : latest.ready();
    }

    private long messages() {
        return latest == null ? 0 : latest.messages();
    }

    private String problem() {
        return latest == null || latest.problem().isEmpty() ? "no failure was told" : latest.problem();
    }

    /** Takes what the client says for so long, or until something holds; whether it did. */
    private boolean ticking(Duration most, BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < end) {
            if (until.getAsBoolean()) {
                return true;
            }
            take(process.line(Math.max(1, Math.min(200, (end - System.nanoTime()) / 1_000_000))));
        }
        return until.getAsBoolean();
    }

    private <N extends Note> N await(Class<N> type, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < end) {
            Note note = take(process.line(500));
            if (type.isInstance(note)) {
                return type.cast(note);
            }
        }
        throw new LoadFailed(kind.title() + ": no " + type.getSimpleName().toLowerCase(Locale.ROOT) + " within "
                + most.toSeconds() + " s");
    }

    private @Nullable Note take(@Nullable String line) {
        if (line == null || !line.startsWith("{")) {
            return null;
        }
        Note note = Json.read(line, Note.class);
        if (note instanceof Note.Tick tick) {
            tick(tick);
        }
        return note;
    }

    private void tick(Note.Tick tick) {
        latest = tick;
        long now = System.nanoTime();
        Duration cpu = use.cpu();
        double percent = percent(cpu.minus(lastCpu), (now - lastTick) / 1e9);
        lastCpu = cpu;
        lastTick = now;
        series.add(new Second(
                since(startedAt),
                tick.ready(),
                tick.fresh(),
                tick.p50(),
                tick.p99(),
                tick.max(),
                tick.heap(),
                use.resident(),
                percent));
        listener.progress(
                tick.ready() < accounts
                        ? tick.ready() + " of " + accounts + " signed in"
                        : tick.fresh() + " messages/s, p50 " + Figures.micros(tick.p50()) + ", p99 "
                                + Figures.micros(tick.p99()) + ", CPU " + Math.round(percent) + " %");
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static double percent(Duration cpu, double seconds) {
        return seconds <= 0 ? 0 : cpu.toNanos() / 1e7 / seconds;
    }
}
