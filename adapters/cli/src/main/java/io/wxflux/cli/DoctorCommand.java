package io.wxflux.cli;

import io.wxflux.cli.doctor.DiskChecks;
import io.wxflux.cli.doctor.Finding;
import io.wxflux.cli.doctor.MachineChecks;
import io.wxflux.cli.doctor.NetworkChecks;
import io.wxflux.config.RunnerConfig;
import io.wxflux.config.SinkConfig;
import io.wxflux.file.TerminalText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks whether a run could work here, and says what to do where it could not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks whether a run of this file could work on this machine: Java, open files, the state directory, the"
                    + " sinks, and DNS, TLS and the clock of every host. Each check says ok, warn or fail, with a"
                    + " remedy. Changes nothing, and shows credentials to nobody.",
            "Ends with 0, with 1 when a check failed, with 2 when the file is wrong."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int LONGEST_LINE = 500;

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    @Option(names = "--offline", description = "Open no connection: leave the hosts and the clock out.")
    private boolean offline;

    @Option(
            names = "--family",
            paramLabel = "HOST",
            description = "Only hosts of this family, and all of them have to work; may be repeated. Without it, the"
                    + " families of which an account needs one: wx.qq.com, wx2.qq.com, wx8.qq.com, web.wechat.com,"
                    + " web2.wechat.com.")
    private List<String> families = new ArrayList<>();

    private int failed;
    private int warned;
    private int fine;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Set<String> wanted = new LinkedHashSet<>(families);
        for (String family : wanted) {
            if (!NetworkChecks.names().contains(family)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--family is one of " + String.join(", ", NetworkChecks.names()) + ", not "
                                + TerminalText.line(family, 100));
            }
        }
        RunnerConfig config = RunnerConfig.load(file);
        PrintStream out = surroundings.screen().out();
        int accounts = config.accounts().size();
        var machine =
                new ArrayList<>(MachineChecks.of(DescriptorLimit.warning(accounts), DescriptorLimit.enough(accounts)));
        machine.addAll(MachineChecks.ofLibraries(config.http()));
        print("This machine", machine);
        print("State", DiskChecks.ofState(config.state()));
        print("Sinks", sinks(config));
        if (offline) {
            out.println("Network: left out, as --offline says");
        } else {
            print(network(config), new NetworkChecks(config.http(), wanted, Clock.systemUTC()).run());
        }
        out.println();
        out.println(summary());
        out.flush();
        return failed > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private static List<Finding> sinks(RunnerConfig config) {
        var findings = new ArrayList<Finding>();
        for (SinkConfig sink : config.sinks()) {
            if (sink instanceof SinkConfig.File target) {
                findings.addAll(DiskChecks.ofSink(target));
            } else {
                findings.add(new Finding(Finding.Level.OK, sink.name() + ": the screen", null));
            }
        }
        if (config.sinks().stream().noneMatch(SinkConfig::qr)) {
            findings.add(new Finding(
                    Finding.Level.WARN,
                    "no sink shows QR codes, so nobody can scan one",
                    "give a sink `qr: true`, or add a console sink"));
        }
        return findings;
    }

    private static String network(RunnerConfig config) {
        var to = config.http().connectTo();
        return to == null ? "Network" : "Network, all of it at " + to.getHostString() + ":" + to.getPort();
    }

    private void print(String title, List<Finding> findings) {
        PrintStream out = surroundings.screen().out();
        out.println(title);
        for (Finding finding : findings) {
            out.println("  " + mark(finding.level()) + "  " + TerminalText.line(finding.text(), LONGEST_LINE));
            if (finding.remedy() != null) {
                out.println("        -> " + TerminalText.line(finding.remedy(), LONGEST_LINE));
            }
        }
        // What takes time follows: what is known already is shown.
        out.flush();
    }

    private String mark(Finding.Level level) {
        return switch (level) {
            case OK -> {
                fine++;
                yield painted("ok  ", 32);
            }
            case WARN -> {
                warned++;
                yield painted("warn", 33);
            }
            case FAIL -> {
                failed++;
                yield painted("fail", 31);
            }
        };
    }

    private String painted(String word, int color) {
        return surroundings.screen().outColors() ? "\u001b[" + color + "m" + word + "\u001b[0m" : word;
    }

    private String summary() {
        if (failed > 0) {
            return CheckCommand.count(failed, "check") + " failed"
                    + (warned > 0 ? ", " + CheckCommand.count(warned, "warning") : "") + "; a run will not work well.";
        }
        return warned > 0
                ? "No check failed; " + CheckCommand.count(warned, "warning") + "."
                : "All " + fine + " checks are ok.";
    }
}
