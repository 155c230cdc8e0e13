package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Load;
import io.wxflux.load.LoadResult.Memory;
import io.wxflux.load.LoadResult.Restart;
import io.wxflux.load.LoadResult.Second;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures one client against one simulator, from its start to its end. */
final class ClientRun {
    private static final Duration DRAIN = Duration.ofSeconds(60);
    /** A simulator that is busier than this may be what is measured. */
    private static final double MOST_SERVICE_PERCENT = 90;

    private final LoadPlan plan;
    private final ClientConfig config;
    private final ServiceProcess service;
    private final List<Integer> cores;
    private final Listener listener;
    private final Pressure pressure;
    private final List<Second> series = new ArrayList<>();
    private long zero;

    ClientRun(
            LoadPlan plan,
            ClientKind kind,
            int accounts,
            ServiceProcess service,
            List<Integer> cores,
            Path directory,
            Listener listener) {
        this.plan = plan;
        this.service = service;
        this.cores = cores;
        this.listener = listener;
        pressure = Pressure.of(plan, service);
        config = new ClientConfig(
                kind,
                service.host(),
                service.port(),
                service.trust().toString(),
                directory.toAbsolutePath().toString(),
                accounts,
                plan.sinksOf(kind),
                plan.logins(),
                plan.mode() == Mode.BACKLOG);
    }

    /** A life of the client, from its sign-in to its stop. */
    private record Life(
            double signIn,
            Memory memory,
            int threads,
            int sockets,
            double idlePercent,
            @Nullable Measured measured,
            Note.Final last) {}

    private record Measured(
            double from,
            double seconds,
            double perSecond,
            double roundTrips,
            double cpuPercent,
            double servicePercent,
            FaultSchedule faults) {}

    ClientResult measure() throws InterruptedException {
        Life life = life();
        Restart restart = plan.mode() == Mode.RESTART ? restart(life) : null;
        long delivered = life.last().messages() + (restart == null ? 0 : restart.messages());
        Measured measured = life.measured();
        return new ClientResult(
                config.client().option(),
                config.client().title(),
                life.signIn(),
                life.memory(),
                life.threads(),
                life.sockets(),
                life.idlePercent(),
                measured == null ? null : load(measured, delivered, life.last().delays()),
                restart,
                series,
                life.last().failures(),
                life.last().problem());
    }

    private Load load(Measured measured, long delivered, List<Delay> delays) {
        return new Load(
                measured.from(),
                measured.seconds(),
                pressure.queued(),
                delivered,
                measured.perSecond(),
                measured.roundTrips(),
                measured.cpuPercent(),
                measured.servicePercent(),
                !plan.mode().isOfLimits() || measured.servicePercent() <= MOST_SERVICE_PERCENT,
                service.violations(),
                delays,
                measured.faults().outcomes(measured.from(), series));
    }

    private Life life() throws InterruptedException {
        try (ClientProcess client = launch()) {
            client.awaitAlive();
            long heapBefore = client.heap();
            long residentBefore = client.use().resident();
            phase(config.accounts() + " accounts sign in");
            zero = System.nanoTime();
            double signIn = client.signIn(zero);
            phase("idle");
            long idleFrom = System.nanoTime();
            Duration idleCpu = client.use().cpu();
            client.ticking(plan.settle());
            double idlePercent = ClientProcess.percent(client.use().cpu().minus(idleCpu), since(idleFrom));
            var memory = new Memory(
                    heapBefore, client.heap(), residentBefore, client.use().resident());
            int sockets = client.use().sockets();
            int threads = client.use().threads();
            Measured measured = null;
            if (pressure.isAny()) {
                measured = underLoad(client);
                threads = client.use().threads();
            }
            return new Life(signIn, memory, threads, sockets, idlePercent, measured, client.stop());
        }
    }

    private Measured underLoad(ClientProcess client) throws InterruptedException {
        phase("warming up");
        pressure.begin();
        client.ticking(plan.warmUp());
        client.measure();
        phase("measuring for " + plan.duration().toSeconds() + " s");
        long begin = System.nanoTime();
        double from = since(zero);
        long before = client.messages();
        Duration cpu = client.use().cpu();
        Duration serviceCpu = service.cpu();
        long roundTrips = service.roundTrips();
        var faults = new FaultSchedule(plan.faults(), service);
        client.ticking(plan.duration(), () -> {
            faults.at((System.nanoTime() - begin) / 1_000_000);
            return false;
        });
        faults.end();
        double seconds = since(begin);
        var measured = new Measured(
                from,
                seconds,
                (client.messages() - before) / seconds,
                (service.roundTrips() - roundTrips) / seconds,
                ClientProcess.percent(client.use().cpu().minus(cpu), seconds),
                ClientProcess.percent(service.cpu().minus(serviceCpu), seconds),
                faults);
        // Messages go on to come while the client is away.
        if (plan.mode() != Mode.RESTART) {
            drain(client, 0);
        }
        return measured;
    }

    private void drain(ClientProcess client, long before) throws InterruptedException {
        pressure.end();
        phase("waiting for what is under way");
        long queued = pressure.queued();
        client.ticking(DRAIN, () -> before + client.messages() >= queued);
    }

    /** The same accounts in a new process, which goes on where the former stopped. */
    private Restart restart(Life former) throws InterruptedException {
        phase("starting again");
        long stopped = System.nanoTime();
        try (ClientProcess client = launch()) {
            client.awaitAlive();
            client.signIn(zero);
            double seconds = since(stopped);
            client.ticking(plan.cold().after());
            client.measure();
            phase("measuring for " + plan.cold().length().toSeconds() + " s");
            double from = since(zero);
            client.ticking(plan.cold().length());
            List<Delay> delays = client.delays();
            double to = since(zero);
            drain(client, former.last().messages());
            return new Restart(seconds, from, to, client.stop().messages(), delays);
        }
    }

    private ClientProcess launch() {
        return new ClientProcess(config, cores, plan.jvm(), listener, series);
    }

    private void phase(String what) {
        listener.phase(config.client().title() + ": " + what);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
