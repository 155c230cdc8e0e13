package io.wxflux.cli;

import io.wxflux.config.RunnerConfig;
import io.wxflux.config.SinkConfig;
import io.wxflux.error.EngineStateException;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.AccountState;
import io.wxflux.event.AccountStatus;
import io.wxflux.event.Lifecycle;
import io.wxflux.file.ConsoleSink;
import io.wxflux.file.EventText;
import io.wxflux.file.TerminalText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Runs the accounts of a configuration until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs the accounts of a configuration file until Ctrl-C or SIGTERM. Sessions are kept:"
                + " the next run goes on without a scan.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("io.wxflux.cli");
    private static final Duration STATUS_EVERY = Duration.ofMinutes(1);

    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    @Option(
            names = {"-v", "--verbose"},
            description = "Log wxflux's own DEBUG lines too.")
    private boolean verbose;

    @Option(
            names = "--control",
            description = "Open the control endpoint, which `send`, `chat` and the other commands use; the same as"
                    + " `control: { enabled: true }` in the file.")
    private boolean control;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Screen screen = surroundings.screen();
        RunnerConfig config = RunnerConfig.check(file);
        boolean hasConsole = config.sinks().stream().anyMatch(SinkConfig.Console.class::isInstance);
        boolean shown = hasConsole && screen.outTerminal() && screen.errTerminal();
        if (surroundings.ownsProcess()) {
            Logging.to(screen.err(), verbose, !shown);
        }
        int accounts = config.accounts().size();
        DescriptorLimit.warning(accounts).ifPresent(LOG::warn);
        if (config.sinks().stream().noneMatch(SinkConfig::qr)) {
            LOG.warn("no sink shows QR codes; give one `qr: true` or add a console sink, or nobody can scan");
        }
        Runner runner = Runner.of(
                config,
                surroundings,
                console -> new ConsoleSink(screen.out(), colors(console, screen), ZoneId.systemDefault()),
                control || config.control().enabled());
        LOG.info(
                "running {} of {}, state in {}",
                CheckCommand.count(accounts, "account"),
                TerminalText.line(file.toString()),
                config.state());
        Disposable status = screen.errTerminal()
                ? Flux.interval(STATUS_EVERY).subscribe(tick -> LOG.info(status(runner.lastSeen())))
                : () -> {};
        try {
            // A console sink says the same in the same words, and both often end up in one place, terminal or not.
            runner.run(hasConsole ? event -> {} : RunCommand::log);
        } catch (EngineStateException e) {
            // Of two runs of one file the second stumbles over the first one's sinks, before it sees the directory.
            throw EngineTarget.holder(config.state())
                    .map(pid -> CommandFailed.failed("the state directory " + config.state()
                            + " is in use by another process (" + pid
                            + "): stop that one, or give this one a directory of its own"))
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        } finally {
            status.dispose();
        }
        List<AccountStatus> ended = runner.lastSeen();
        ended.stream()
                .filter(account -> account.state() == AccountState.REFUSED)
                .forEach(account -> LOG.warn("{} was refused: {}", account.account(), account.lastError()));
        LOG.info(
                "stopped; {} messages received",
                ended.stream().mapToLong(AccountStatus::received).sum());
        return ExitCode.OK;
    }

    private static boolean colors(SinkConfig.Console console, Screen screen) {
        return switch (console.color()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> screen.outColors();
        };
    }

    /** What the engine's own lines do not say: they name each state and the reason of each failure. */
    private static void log(AccountEvent event) {
        if (event instanceof Lifecycle.LoggedIn
                || event instanceof Lifecycle.Resumed
                || event instanceof Lifecycle.Ready
                || event instanceof Lifecycle.HostSwitched
                || event instanceof Lifecycle.LoginHeld
                || event instanceof Lifecycle.Throttled) {
            LOG.info("{}: {}", event.account(), EventText.of(event));
        }
    }

    static String status(List<AccountStatus> accounts) {
        String states = accounts.stream()
                .collect(Collectors.groupingBy(AccountStatus::state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + StateText.of(entry.getKey()))
                .collect(Collectors.joining(", "));
        long received = accounts.stream().mapToLong(AccountStatus::received).sum();
        return "accounts: " + states + "; " + received + " messages received";
    }
}
