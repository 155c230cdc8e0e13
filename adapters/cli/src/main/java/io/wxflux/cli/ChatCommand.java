package io.wxflux.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A terminal client: what comes in is shown, what is typed is sent. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows an account's messages as they come, and sends the lines you type.",
        footer = {
            "",
            "Lines that begin with a slash are commands; /help lists them. Text that begins with a slash is typed with two.",
            "With input from a pipe every line is sent, and the command ends with it:",
            "",
            "  wxflux chat shop --to filehelper < lines.txt"
        })
final class ChatCommand extends EngineCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "The same as -a.")
    private @Nullable String account;

    @Option(names = "--to", paramLabel = "NAME", description = "The conversation to begin with.")
    private @Nullable String to;

    ChatCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        target.account(account);
        EngineClient engine = engine(target);
        ChatScreen screen = new ChatScreen(surroundings.screen());
        return new Chat(surroundings, engine, target, screen).run(to);
    }
}
