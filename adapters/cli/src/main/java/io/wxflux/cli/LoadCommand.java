package io.wxflux.cli;

import static java.util.Objects.requireNonNullElse;

import io.wxflux.load.Batch;
import io.wxflux.load.ClientKind;
import io.wxflux.load.Cold;
import io.wxflux.load.Listener;
import io.wxflux.load.LoadFailed;
import io.wxflux.load.LoadPlan;
import io.wxflux.load.LoadTest;
import io.wxflux.load.Mode;
import io.wxflux.load.PlannedFault;
import io.wxflux.load.SinkKind;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what accounts and messages cost on this machine, beside bare clients that promise nothing. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures wxflux under load against the simulator, with bare clients as yardsticks, and writes a report.",
            "Nothing leaves this machine. Each client takes the time of the measurement and about half a minute more."
        })
final class LoadCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--mode",
            defaultValue = "load",
            description = {
                "What is asked. (${DEFAULT-VALUE})",
                "load: how late messages are at a given rate, and what accounts cost.",
                "round-trips: what a poll costs when there is nothing to do but to poll again.",
                "backlog: how many messages get through when more are always waiting.",
                "restart: how late messages are soon after the accounts go on in a new process."
            })
    private String mode = "load";

    @Option(
            names = "--accounts",
            description = "How many accounts. (100; 2000 for round-trips that are held, 1000 for restart)")
    private @Nullable Integer accounts;

    @Option(
            names = "--scale",
            split = ",",
            paramLabel = "N",
            description =
                    "Instead of --accounts: several numbers, such as 100,1000,5000,10000; draws the cost over them.")
    private List<Integer> scale = List.of();

    @Option(
            names = "--rate",
            defaultValue = "1",
            description =
                    "Messages a second for each account, for load and restart; 0 = idle accounts only. (${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--batch",
            paramLabel = "N[-N]",
            description =
                    "Messages an account gets at once, more rarely in proportion; for backlog those of a page, from one"
                            + " number to another. (1; 20-50 for backlog)")
    private @Nullable String batch;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND=WEIGHT",
            description = "Kinds of messages, such as text=8,image=2,link=1; else texts.")
    private Map<String, Integer> kinds = new LinkedHashMap<>();

    @Option(
            names = "--for",
            defaultValue = "30s",
            converter = DurationOption.class,
            description = "How long each client is measured. (${DEFAULT-VALUE})")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--hold",
            defaultValue = "1s",
            converter = DurationOption.class,
            description =
                    "For round-trips: how long the simulator holds a poll before it says that there is nothing; 1s is the"
                            + " least that a client may take for a poll that was held. 0s = it answers at once, with a message.")
    private Duration hold = Duration.ofSeconds(1);

    @Option(
            names = "--cold",
            defaultValue = "10s+10s",
            paramLabel = "START+LENGTH",
            description = "For restart: when delays are measured, from when the last account polls. (${DEFAULT-VALUE})")
    private String cold = "";

    @Option(
            names = "--warm-up",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "Under the same load before that, not measured. (${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ofSeconds(10);

    @Option(
            names = "--idle",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "Idleness after the sign-in, before memory is measured. (${DEFAULT-VALUE})")
    private Duration idle = Duration.ofSeconds(5);

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "CLIENT",
            description = "Who is measured: wxflux (durable), wxflux-memory, reactor-netty, raw-netty, raw-netty-forced"
                    + " (appends and forces before it counts). (wxflux,reactor-netty,raw-netty; what the other modes are"
                    + " about, for them)")
    private List<String> clients = List.of();

    @Option(
            names = "--sinks",
            split = ",",
            paramLabel = "SINK",
            description =
                    "Sinks of wxflux: discard, file, slow (50 ms a batch). The first one is compared. (discard; in a backlog"
                            + " wxflux has a file and wxflux-memory discards)")
    private List<String> sinks = List.of();

    @Option(
            names = "--fault",
            paramLabel = "HOST=FAULT@START+LENGTH",
            description =
                    "What goes wrong meanwhile, such as webpush.*=hang@10s+5s; faults are named as in the simulator's"
                            + " README. May be given again.")
    private List<String> faults = List.of();

    @Option(
            names = "--friends",
            defaultValue = "8",
            description = "Friends of each account, beside two rooms. (${DEFAULT-VALUE})")
    private int friends;

    @Option(
            names = "--logins",
            defaultValue = "20",
            description = "Accounts that sign in at the same time. (${DEFAULT-VALUE})")
    private int logins;

    @Option(
            names = "--java",
            defaultValue = "-Xmx2g",
            paramLabel = "OPTIONS",
            description = "Options of the clients' Java, separated by blanks. (${DEFAULT-VALUE})")
    private String java = "";

    @Option(
            names = "--share-cores",
            description =
                    "Let client and simulator use all cores, instead of half of them each; in round-trips and backlog,"
                            + " instead of one each.")
    private boolean shareCores;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "A simulator that runs already, with --trust and --control; for a single client.")
    private @Nullable String target;

    @Option(names = "--trust", paramLabel = "FILE", description = "Its certificate.")
    private @Nullable Path trust;

    @Option(names = "--control", paramLabel = "PORT", description = "The port of its control API on this machine.")
    private int control;

    @Option(
            names = "--out",
            defaultValue = "wxflux-load",
            paramLabel = "DIRECTORY",
            description = "Where results and reports go. (${DEFAULT-VALUE})")
    private Path out = Path.of("wxflux-load");

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "RESULT",
            description = "Puts two results (their JSON files) side by side, and measures nothing.")
    private List<Path> compare = List.of();

    LoadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            if (!compare.isEmpty()) {
                tell(LoadTest.compare(compare.get(0), compare.get(1)), false);
                return ExitCode.OK;
            }
            return measure();
        } catch (LoadFailed e) {
            throw CommandFailed.failed(String.valueOf(e.getMessage()));
        }
    }

    private int measure() {
        LoadPlan plan = plan();
        Screen screen = surroundings.screen();
        FutureTask<LoadTest.Outcome> test =
                new FutureTask<>(() -> LoadTest.run(plan, words(), new ScreenListener(screen)));
        Thread worker = new Thread(test, "wxflux-load");
        worker.start();
        // A Ctrl-C ends the processes first, and leaves no result.
        CompletableFuture<Void> stopped = surroundings.stop().requested().thenRun(worker::interrupt);
        try {
            tell(test.get(), true);
            return ExitCode.OK;
        } catch (ExecutionException e) {
            if (stopped.isDone()) {
                screen.err().println("wxflux: stopped; no result was written");
                return ExitCode.OK;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private void tell(LoadTest.Outcome outcome, boolean measured) {
        var screen = surroundings.screen().out();
        screen.print(outcome.summary());
        screen.println("report: " + outcome.html());
        if (measured) {
            screen.println("result: " + outcome.json());
        }
        screen.flush();
    }

    private LoadPlan plan() {
        Mode asked = each("--mode", List.of(mode), Mode::of).get(0);
        complete(asked);
        List<Integer> counts = scale.isEmpty() ? List.of(requireNonNullElse(accounts, 0)) : scale;
        counts.forEach(count -> range(scale.isEmpty() ? "--accounts" : "--scale", count, 1, 100_000));
        range("--rate", (int) Math.ceil(rate), 0, 100_000);
        range("--friends", friends, 1, 10_000);
        range("--logins", logins, 1, 1_000);
        range("--for", (int) duration.toSeconds(), 1, 86_400);
        range("--hold", (int) hold.toSeconds(), 0, 60);
        String[] jvm = java.isBlank() ? new String[0] : java.strip().split("\\s+");
        return checked(() -> new LoadPlan(
                asked,
                counts,
                rate,
                Batch.of(requireNonNullElse(batch, "1")),
                hold,
                kinds,
                duration,
                warmUp,
                idle,
                each("--clients", clients, ClientKind::of),
                each("--sinks", sinks, name -> SinkKind.valueOf(name.toUpperCase(Locale.ROOT))),
                Cold.of(cold),
                each("--fault", faults, PlannedFault::of),
                logins,
                friends,
                List.of(jvm),
                !shareCores,
                target(),
                out));
    }

    /** What depends on the mode and was left out; and no option that would have no effect. */
    private void complete(Mode asked) {
        boolean held = asked == Mode.ROUND_TRIPS && !hold.isZero();
        only(asked, "--rate", asked == Mode.LOAD || asked == Mode.RESTART);
        only(asked, "--fault", asked == Mode.LOAD);
        only(asked, "--hold", asked == Mode.ROUND_TRIPS);
        only(asked, "--cold", asked == Mode.RESTART);
        only(asked, "--batch", !held);
        only(asked, "--kinds", !held);
        if (accounts == null) {
            accounts = held ? 2_000 : asked == Mode.RESTART ? 1_000 : 100;
        }
        if (batch == null && !held) {
            batch = asked == Mode.BACKLOG ? "20-50" : "1";
        }
        if (clients.isEmpty()) {
            clients = asked.clients().stream().map(ClientKind::option).toList();
        }
    }

    private void only(Mode asked, String option, boolean effect) {
        if (!effect && spec.commandLine().getParseResult().hasMatchedOption(option)) {
            throw wrong(option + " has no effect with --mode " + asked.option()
                    + (asked == Mode.ROUND_TRIPS && option.matches("--batch|--kinds")
                            ? " and polls that are held"
                            : ""));
        }
    }

    private LoadPlan.@Nullable Target target() {
        String place = target;
        if (place == null) {
            return null;
        }
        int colon = place.lastIndexOf(':');
        Path certificate = trust;
        if (colon < 1 || certificate == null || control < 1) {
            throw wrong("--target takes HOST:PORT, and needs --trust and --control");
        }
        var address = checked(() -> InetSocketAddress.createUnresolved(
                place.substring(0, colon), Integer.parseInt(place.substring(colon + 1))));
        return new LoadPlan.Target(address.getHostString(), address.getPort(), certificate, control);
    }

    /** The options as they were given, those left out by their defaults. */
    private String words() {
        List<String> words = new ArrayList<>();
        spec.options().forEach(option -> {
            Object value = option.getValue();
            boolean said = value != null
                    && !value.equals(false)
                    && !String.valueOf(value).matches("0|\\[]|\\{}");
            boolean replaced = option.longestName().equals("--accounts") && !scale.isEmpty()
                    || option.longestName().equals("--hold") && !mode.equals(Mode.ROUND_TRIPS.option())
                    || option.longestName().equals("--cold") && !mode.equals(Mode.RESTART.option())
                    || option.longestName().equals("--rate") && hasNoRate();
            if (said && !replaced && !option.usageHelp() && !option.versionHelp()) {
                words.add(option.longestName() + " " + word(value));
            }
        });
        return String.join(" ", words);
    }

    private boolean hasNoRate() {
        return mode.equals(Mode.ROUND_TRIPS.option()) || mode.equals(Mode.BACKLOG.option());
    }

    private static String word(@Nullable Object value) {
        if (value instanceof List<?> many) {
            return String.join(",", many.stream().map(String::valueOf).toList());
        }
        return value instanceof Duration
                ? value.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT)
                : String.valueOf(value);
    }

    private <T> List<T> each(String option, List<String> texts, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        for (String text : texts) {
            try {
                all.add(read.apply(text));
            } catch (IllegalArgumentException e) {
                throw wrong(option + ": '" + text + "' is not known; see `wxflux load --help`");
            }
        }
        return all;
    }

    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(option + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** A line for each phase; on a terminal also how far it is. */
    private record ScreenListener(Screen screen) implements Listener {
        @Override
        public void phase(String what) {
            clear();
            screen.err().println(what);
        }

        @Override
        public void progress(String where) {
            if (screen.errTerminal()) {
                screen.err().print("\r  " + where + "\u001b[K");
                screen.err().flush();
            }
        }

        private void clear() {
            if (screen.errTerminal()) {
                screen.err().print("\r\u001b[K");
            }
        }
    }
}
