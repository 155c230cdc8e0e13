package io.wxflux.cli;

import io.wxflux.Engine;
import io.wxflux.error.ConfigurationException;
import io.wxflux.error.WxfluxException;
import io.wxflux.file.TerminalText;
import io.wxflux.journal.FileJournal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "wxflux",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps many web-WeChat accounts signed in and delivers every message, in order.",
        footer = {
            "",
            "Exit codes: 0 clean stop (Ctrl-C included), 1 failed, 2 the configuration or the arguments are wrong.",
            "Begin with: wxflux demo"
        })
public final class Wxflux implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Wxflux() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        StopSignal stop = new StopSignal();
        stop.install();
        Screen screen = Screen.ofProcess(out, err, System.getenv());
        int code = execute(args, new Surroundings(screen, System.in, stop, Engine::create, FileJournal::open, true));
        out.flush();
        err.flush();
        stop.exit(code);
    }

    /**
     * Runs a command within this process, without colours, signals or logging of its own.
     *
     * @return the exit code
     */
    public static int execute(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return execute(
                args,
                new Surroundings(
                        Screen.plain(out, err), in, new StopSignal(), Engine::create, FileJournal::open, false));
    }

    static int execute(String[] args, Surroundings surroundings) {
        Screen screen = surroundings.screen();
        CommandLine line = new CommandLine(new Wxflux())
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new LoginCommand(surroundings))
                .addSubcommand(new SendCommand(surroundings))
                .addSubcommand(new OutboxCommand(surroundings))
                .addSubcommand(new ChatCommand(surroundings))
                .addSubcommand(new ContactsCommand(surroundings))
                .addSubcommand(new RoomsCommand(surroundings))
                .addSubcommand(new FriendsCommand(surroundings))
                .addSubcommand(new MediaCommand(surroundings))
                .addSubcommand(new SinksCommand(surroundings))
                .addSubcommand(new DeadLettersCommand(surroundings))
                .addSubcommand(new TraceCommand(surroundings))
                .addSubcommand(new SimulatorCommand(surroundings))
                .addSubcommand(new LoadCommand(surroundings));
        line.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                screen.outColors() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((error, command, parsed) -> report(error, screen.err()));
        line.setExecutionStrategy(Wxflux::executed);
        boolean bare = args.length == 0;
        line.setParameterExceptionHandler((error, given) -> misused(error, bare, screen.err()));
        return line.execute(args);
    }

    /** Picocli forgives everything beside --help, so that help on a command that does not exist is that of all. */
    private static int executed(ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        return new RunLast().execute(parsed);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: begin with `wxflux demo`, or see `wxflux --help`");
    }

    /** @param bare whether nothing was typed at all: then all the commands are shown */
    private static int misused(ParameterException error, boolean bare, PrintStream err) {
        CommandLine command = error.getCommandLine();
        err.println("wxflux: " + TerminalText.line(plain(String.valueOf(error.getMessage())), 2_000));
        if (bare) {
            command.usage(err);
        } else {
            UnmatchedArgumentException.printSuggestions(error, new PrintWriter(err, true, StandardCharsets.UTF_8));
            err.println("see `" + command.getCommandSpec().qualifiedName() + " --help`");
        }
        return ExitCode.WRONG_INPUT;
    }

    /** Picocli names Java's types. */
    private static String plain(String message) {
        return message.replaceFirst("is not an? (int|long)$", "is no whole number")
                .replaceFirst("is not an? (double|float)$", "is no number");
    }

    private static int report(Exception error, PrintStream err) {
        if (error instanceof ConfigurationException) {
            String message = String.valueOf(error.getMessage());
            err.println(message);
            long problems = message.lines().count();
            err.println("wxflux: " + (problems == 1 ? "1 problem" : problems + " problems") + "; nothing was started");
            return ExitCode.WRONG_INPUT;
        }
        if (error instanceof CommandFailed failed) {
            // Made harmless where it was put together; it may have several lines.
            err.println("wxflux: " + failed.getMessage());
            return failed.code();
        }
        if (error instanceof WxfluxException) {
            err.println("wxflux: " + TerminalText.line(String.valueOf(error.getMessage()), 2_000));
        } else {
            err.println("wxflux: failed unexpectedly; please report this with the lines below");
            error.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
