package io.wxflux.cli;

import io.wxflux.config.KeyTable;
import io.wxflux.config.RunnerConfig;
import io.wxflux.config.SinkConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a configuration and says everything that is wrong with it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks a configuration file; names every problem with line and column. Starts nothing.")
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path file;

    @Option(names = "--keys", description = "Print the table of all keys instead.")
    private boolean keys;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintStream out = surroundings.screen().out();
        if (keys) {
            out.print(KeyTable.markdown());
            out.flush();
            return ExitCode.OK;
        }
        Path given = file;
        if (given == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: FILE");
        }
        RunnerConfig config = RunnerConfig.check(given);
        out.println(given + ": ok: " + count(config.accounts().size(), "account") + ", "
                + count(config.sinks().size(), "sink"));
        if (config.sinks().stream().noneMatch(SinkConfig::qr)) {
            out.println("note: no sink shows QR codes; give one `qr: true` or add a console sink");
        }
        out.flush();
        return ExitCode.OK;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
