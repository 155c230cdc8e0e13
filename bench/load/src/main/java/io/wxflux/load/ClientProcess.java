package io.wxflux.load;

import io.wxflux.load.LoadResult.Second;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client's process: what it is told, and what it tells every second. */
final class ClientProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    /** Signing in is slow where every account costs a handshake of several milliseconds. */
    private static final Duration SIGN_IN_EACH = Duration.ofMillis(500);

    private final ClientConfig config;
    private final Listener listener;
    private final List<Second> series;
    private final ChildProcess process;
    private final ProcessUse use;
    private long zero;
    private Duration lastCpu;
    private long lastTick;
    private Note.@Nullable Tick latest;

    /** @param series gets a row every second */
    ClientProcess(ClientConfig config, List<Integer> cores, List<String> jvm, Listener listener, List<Second> series) {
        this.config = config;
        this.listener = listener;
        this.series = series;
        process = new ChildProcess(
                cores, jvm, Path.of(config.directory()).resolve("client.log"), ClientMain.class, Json.line(config));
        use = process.use();
        lastCpu = use.cpu();
        lastTick = System.nanoTime();
    }

    private String title() {
        return config.client().title();
    }

    void awaitAlive() throws InterruptedException {
        await(Note.Alive.class, START);
    }

    /**
     * How long it took, in seconds.
     *
     * @param from which the seconds of the series count, as {@link System#nanoTime} has it
     */
    double signIn(long from) throws InterruptedException {
        zero = from;
        long began = System.nanoTime();
        lastTick = began;
        lastCpu = use.cpu();
        process.say("start");
        int accounts = config.accounts();
        boolean all =
                ticking(Duration.ofSeconds(120).plus(SIGN_IN_EACH.multipliedBy(accounts)), () -> ready() >= accounts);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!all) {
            throw new LoadFailed(title() + ": " + ready() + " of " + accounts + " accounts signed in after "
                    + Math.round(seconds) + " s; " + problem());
        }
        return seconds;
    }

    /** From now on delays count. */
    void measure() throws InterruptedException {
        process.say("measure");
        await(Note.Measuring.class, START);
    }

    /** What it measured so far. */
    List<Delay> delays() throws InterruptedException {
        process.say("delays");
        return await(Note.Delays.class, START).delays();
    }

    /** What it measured; it signs nobody off and ends. */
    Note.Final stop() throws InterruptedException {
        process.say("stop");
        return await(Note.Final.class, STOP);
    }

    long heap() throws InterruptedException {
        process.say("heap");
        return await(Note.Heap.class, START).bytes();
    }

    ProcessUse use() {
        return use;
    }

    /** All since its start. */
    long messages() {
        return latest == null ? 0 : latest.messages();
    }

    private int ready() {
        return latest == null ? 0 : latest.ready();
    }

    private String problem() {
        return latest == null || latest.problem().isEmpty() ? "no failure was told" : latest.problem();
    }

    /** Takes what the client says for so long. */
    void ticking(Duration length) throws InterruptedException {
        ticking(length, () -> false);
    }

    /** Takes what the client says for so long, or until something holds; whether it did. */
    boolean ticking(Duration most, BooleanSupplier until) throws InterruptedException {
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
        throw new LoadFailed(title() + ": no " + type.getSimpleName().toLowerCase(Locale.ROOT) + " within "
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
                (now - zero) / 1e9,
                tick.ready(),
                tick.fresh(),
                tick.p50(),
                tick.p99(),
                tick.max(),
                tick.heap(),
                use.resident(),
                percent));
        listener.progress(
                tick.ready() < config.accounts()
                        ? tick.ready() + " of " + config.accounts() + " signed in"
                        : tick.fresh() + " messages/s, p50 " + Figures.micros(tick.p50()) + ", p99 "
                                + Figures.micros(tick.p99()) + ", CPU " + Math.round(percent) + " %");
    }

    /** Of one core. */
    static double percent(Duration cpu, double seconds) {
        return seconds <= 0 ? 0 : cpu.toNanos() / 1e7 / seconds;
    }

    @Override
    public void close() {
        process.close();
    }
}
