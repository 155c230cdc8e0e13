package io.wxflux.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A client in a process of its own. It is given its {@link ClientConfig} as its only argument, takes commands from
 * standard input, one a line ({@code start}, {@code heap}, {@code measure}, {@code delays}, {@code stop}), and tells what it sees on
 * standard output, one JSON object a line. It ends when its standard input does, so that no process is left over.
 */
public final class ClientMain {
    private final Client client;
    private final List<Meter> meters;
    private final PrintStream out;
    private long lastMessages;

    private ClientMain(Client client, List<Meter> meters, PrintStream out) {
        this.client = client;
        this.meters = meters;
        this.out = out;
    }

    /**
     * Runs until told to stop.
     *
     * @param args the {@link ClientConfig} as JSON
     * @throws IOException when standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        ClientConfig config = Json.read(args[0], ClientConfig.class);
        List<Meter> meters = new ArrayList<>();
        if (config.client().isWxflux()) {
            for (int i = 0; i < config.sinks().size(); i++) {
                meters.add(new Meter(
                        config.sinks().get(i).name().toLowerCase(Locale.ROOT) + "-" + (i + 1), config.sampled()));
            }
        } else {
            meters.add(new Meter("callback", config.sampled()));
        }
        Client client = switch (config.client()) {
            case WXFLUX, WXFLUX_MEMORY -> new WxfluxClient(config, meters);
            case REACTOR_NETTY -> new ReactorNettyClient(config, meters.get(0));
            case RAW_NETTY, RAW_NETTY_FORCED -> new RawNettyClient(config, meters.get(0));
        };
        new ClientMain(client, meters, System.out).obey();
        // Threads of libraries that are no daemons shall not hold the process.
        System.exit(0);
    }

    private void obey() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "load-clock");
            thread.setDaemon(true);
            return thread;
        });
        tell(new Note.Alive());
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            switch (line) {
                case "start" -> {
                    client.start();
                    clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
                }
                case "heap" -> tell(new Note.Heap(liveHeap()));
                case "measure" -> begin();
                case "delays" -> tell(new Note.Delays(delays()));
                case "stop" -> {
                    clock.shutdownNow();
                    stop();
                    return;
                }
                default -> throw new LoadFailed("no command " + line);
            }
        }
    }

    private synchronized void begin() {
        meters.forEach(Meter::begin);
        tell(new Note.Measuring(meters.get(0).messages()));
    }

    private synchronized void tick() {
        long messages = meters.get(0).messages();
        Histogram first = meters.get(0).tick();
        meters.stream().skip(1).forEach(Meter::tick);
        tell(new Note.Tick(
                client.ready(),
                messages,
                messages - lastMessages,
                first.getValueAtPercentile(50),
                first.getValueAtPercentile(99),
                first.getMaxValue(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                client.failures(),
                client.problem()));
        lastMessages = messages;
    }

    private synchronized List<Delay> delays() {
        List<Delay> delays = new ArrayList<>();
        for (Meter meter : meters) {
            meter.tick();
            delays.add(Delay.of(meter.name(), meter.total()));
        }
        return delays;
    }

    /** What still arrives while it stops counts as delivered, but is not measured, and nothing that stops fails by that. */
    private void stop() {
        List<Delay> delays = delays();
        long failures = client.failures();
        String problem = client.problem();
        client.close();
        tell(new Note.Final(meters.get(0).messages(), failures, problem, delays));
    }

    /** After the collector has taken what nobody holds any more. */
    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private synchronized void tell(Note note) {
        out.println(Json.line(note));
        out.flush();
    }
}
