package io.wxflux.cli;

import io.wxflux.error.EngineStateException;
import io.wxflux.file.DiskReason;
import io.wxflux.file.TerminalText;
import io.wxflux.simulator.Simulator;
import io.wxflux.simulator.SimulatorBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the fake service in the foreground. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs a fake web-WeChat service to try things against. Listens on 127.0.0.1 only.")
final class SimulatorCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "9443",
            description = "Port of all its hosts; 0 = a free one. (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--control-port",
            defaultValue = "-1",
            description = "Port of its control API (HTTP); 0 = a free one, -1 = none. (${DEFAULT-VALUE})")
    private int controlPort;

    @Option(names = "--accounts", defaultValue = "3", description = "How many accounts it has. (${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = "--auto-scan",
            defaultValue = "1s",
            converter = DurationOption.class,
            description =
                    "QR codes are scanned and confirmed by themselves, each after that time; 0s = never. (${DEFAULT-VALUE})")
    private Duration autoScan = Duration.ofSeconds(1);

    @Option(
            names = "--messages",
            defaultValue = "0.2",
            description = "Texts each signed-in account gets per second; 0 = none. (${DEFAULT-VALUE})")
    private double messages;

    @Option(
            names = "--ca-out",
            defaultValue = "ca.pem",
            paramLabel = "FILE",
            description =
                    "Where the certificate to trust is written. Its key is kept beside it, as FILE.key, for the next"
                            + " start. (${DEFAULT-VALUE})")
    private Path caOut = Path.of("ca.pem");

    SimulatorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        range("--port", port, 0, 65_535);
        range("--control-port", controlPort, -1, 65_535);
        range("--accounts", accounts, 1, 100_000);
        range("--messages", (int) Math.ceil(messages), 0, 1_000);
        if (surroundings.ownsProcess()) {
            Logging.to(surroundings.screen().err(), false, true);
        }
        SimulatorBuilder builder = Simulator.builder()
                .port(port)
                .controlPort(controlPort)
                .authority(caOut.resolveSibling(caOut.getFileName() + ".key"))
                .adoptStrangers(true);
        if (!autoScan.isZero()) {
            builder.autoScan(autoScan, autoScan);
        }
        try (Simulator simulator = start(builder)) {
            simulator.addAccounts(accounts);
            writeCertificate(simulator);
            if (messages > 0) {
                simulator.startLoad(messages);
            }
            explain(simulator);
            surroundings.stop().requested().join();
        }
        return ExitCode.OK;
    }

    private Simulator start(SimulatorBuilder builder) {
        try {
            return builder.start();
        } catch (UncheckedIOException e) {
            throw new EngineStateException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (Ports.isTaken(e)) {
                int taken = Ports.taken(e).orElse(controlPort > 0 && port == 0 ? controlPort : port);
                throw new EngineStateException(
                        "port " + taken + " is taken by another program: choose another one with "
                                + (taken == controlPort ? "--control-port" : "--port") + ", or 0 for a free one");
            }
            throw e;
        }
    }

    private void writeCertificate(Simulator simulator) {
        try {
            simulator.writeCaPem(caOut);
        } catch (IOException e) {
            throw new EngineStateException("--ca-out " + TerminalText.line(caOut.toString(), 500)
                    + " cannot be written: " + DiskReason.of(e) + "; name a file that this user may write");
        }
    }

    private void explain(Simulator simulator) {
        PrintStream out = surroundings.screen().out();
        out.println("The simulator listens on 127.0.0.1:" + simulator.port() + " with "
                + CheckCommand.count(accounts, "account") + ". Ctrl-C ends it.");
        if (controlPort >= 0) {
            out.println("Its control API: http://127.0.0.1:" + simulator.controlPort());
        }
        out.println("Point `wxflux run` at it with a file such as this:");
        out.println();
        out.println("http:");
        out.println("  trust: " + caOut.toAbsolutePath().normalize());
        out.println("  connect-to: 127.0.0.1:" + simulator.port());
        out.println("sinks:");
        out.println("  archive: { type: file, path: ./events.ndjson }");
        out.println("  screen: { type: console }");
        out.println("accounts:");
        for (int i = 1; i <= Math.min(accounts, 5); i++) {
            out.println("  - id: account-" + i);
        }
        if (accounts > 5) {
            out.println("  # ... and so on, up to account-" + accounts);
        }
        out.flush();
    }

    private void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
