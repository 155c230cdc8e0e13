package io.wxflux.cli;

import io.wxflux.config.RunnerConfig;
import io.wxflux.error.ConfigurationException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.Lifecycle;
import io.wxflux.file.ConsoleSink;
import io.wxflux.file.DiskReason;
import io.wxflux.file.TerminalText;
import io.wxflux.options.Secret;
import io.wxflux.simulator.Simulator;
import io.wxflux.sink.EventBatch;
import io.wxflux.sink.EventSink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows the engine at work, with nothing but this machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Three simulated accounts sign in, talk and are recorded; needs no phone and no network.")
final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 9443;
    private static final Duration TABLE_EVERY = Duration.ofSeconds(5);

    private final Surroundings surroundings;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "End by itself after that time, such as 20s.")
    private @Nullable Duration time;

    @Option(
            names = "--dir",
            defaultValue = "wxflux-demo",
            paramLabel = "DIR",
            description = "What it leaves there: accounts.yaml, state/ and events.ndjson. (./${DEFAULT-VALUE})")
    private Path dir = Path.of("wxflux-demo");

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Screen screen = surroundings.screen();
        if (surroundings.ownsProcess()) {
            // On a terminal it would be written across the drawing; the table says how the accounts are.
            if (screen.outTerminal()) {
                Logging.off();
            } else {
                Logging.to(screen.err(), false, false);
            }
        }
        try (DemoDirectory directory = taken();
                Simulator simulator = simulator();
                DemoCast cast = new DemoCast(simulator)) {
            simulator.writeCaPem(directory.file("ca.pem"));
            Path file = directory.writeConfiguration(simulator.port());
            play(RunnerConfig.load(file), cast);
            summarize(directory, simulator.port());
        }
        return ExitCode.OK;
    }

    private DemoDirectory taken() {
        try {
            return DemoDirectory.take(dir);
        } catch (IOException e) {
            throw new ConfigurationException("--dir " + TerminalText.line(dir.toString(), 500) + " cannot be used: "
                    + DiskReason.of(e) + "; name a directory where this user may write");
        }
    }

    private void play(RunnerConfig config, DemoCast cast) {
        Screen screen = surroundings.screen();
        AtomicReference<@Nullable Runner> made = new AtomicReference<>();
        DemoScreen drawn = screen.outTerminal()
                ? new DemoScreen(screen.out(), screen.outColors(), () -> statuses(made.get()))
                : null;
        EventSink people = drawn == null ? new ConsoleSink(screen.out(), false, ZoneId.systemDefault()) : drawn;
        Runner runner = Runner.of(
                config,
                surroundings,
                console -> new Watched(people, cast),
                config.control().enabled());
        made.set(runner);
        Duration limit = time;
        Disposable end = limit == null
                ? () -> {}
                : Mono.delay(limit).subscribe(tick -> surroundings.stop().request());
        Disposable table =
                drawn == null ? Flux.interval(TABLE_EVERY).subscribe(tick -> print(statuses(runner))) : () -> {};
        if (drawn != null) {
            drawn.begin();
        } else {
            screen.out().println("Three simulated accounts sign in. Ctrl-C ends it.");
        }
        cast.begin();
        try {
            runner.run(event -> {});
        } finally {
            end.dispose();
            table.dispose();
            if (drawn != null) {
                drawn.end();
            }
        }
    }

    private static List<AccountStatus> statuses(@Nullable Runner runner) {
        return runner == null ? List.of() : runner.lastSeen();
    }

    private static Simulator simulator() {
        try {
            return start(USUAL_PORT);
        } catch (RuntimeException e) {
            if (Ports.isTaken(e)) {
                return start(0);
            }
            throw e;
        }
    }

    private static Simulator start(int port) {
        return Simulator.builder().port(port).seed(System.nanoTime()).start();
    }

    private void print(List<AccountStatus> accounts) {
        // In one piece, so that no event stands in the middle of it.
        surroundings.screen().out().print(String.join("\n", AccountTable.lines(accounts, "archive", false)) + "\n");
        surroundings.screen().out().flush();
    }

    private void summarize(DemoDirectory directory, int port) throws IOException {
        PrintStream out = surroundings.screen().out();
        out.println();
        // Counted in the file itself: what it holds is what was delivered.
        Map<String, Integer> delivered = directory.countEvents();
        out.println(
                delivered.isEmpty()
                        ? "The demo has ended before anybody was signed in."
                        : "The demo has ended. Delivered, each event exactly once:");
        for (Map.Entry<String, Integer> account : delivered.entrySet()) {
            out.println("  " + TextWidth.fit(account.getKey(), 8) + CheckCommand.count(account.getValue(), "event"));
        }
        out.println("The events:         " + directory.file("events.ndjson"));
        out.println("The configuration:  " + directory.file("accounts.yaml"));
        // As the launcher was called; it is not on the PATH.
        String command = System.getProperty("wxflux.command", "./wxflux");
        out.println(
                "Next, in three terminals (that simulator is a new one: it does not know the sessions of this demo, and");
        out.println("its phones are asked once):");
        out.println("  " + command + " simulator --port " + port + " --ca-out " + quoted(directory.file("ca.pem")));
        out.println("  " + command + " run --control " + quoted(directory.file("accounts.yaml")));
        out.println("  " + command + " chat alice --to filehelper -c " + quoted(directory.file("accounts.yaml")));
        out.println(
                "For real accounts, begin with a file and a state directory of your own: these know made-up people.");
        out.flush();
    }

    /** As a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Shows everything to the people before the screen, and the codes to those in the demo. */
    private record Watched(EventSink people, DemoCast cast) implements EventSink {
        @Override
        public Mono<Void> open() {
            return people.open();
        }

        @Override
        public Mono<Void> write(EventBatch batch) {
            return people.write(batch);
        }

        @Override
        public Mono<Void> observe(AccountEvent event) {
            if (event instanceof Lifecycle.QrIssued qr) {
                Secret url = qr.loginUrl();
                if (url != null) {
                    String text = url.reveal();
                    cast.onCode(event.account().value(), text.substring(text.lastIndexOf('/') + 1));
                }
            }
            return people.observe(event);
        }

        @Override
        public Mono<Void> close() {
            return people.close();
        }
    }
}
