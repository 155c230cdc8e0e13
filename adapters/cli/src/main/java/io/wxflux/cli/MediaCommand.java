package io.wxflux.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches pictures, sounds, films and files into a directory. */
@Command(
        name = "media",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Fetches what messages speak of, and head images, into a directory.",
        footer = {
            "",
            "The MSGID is `data.msgId` of an event. The engine knows the messages that came since it started; what is older,",
            "the phone has.",
            "",
            "  wxflux media get 7348209384 --into downloads"
        })
final class MediaCommand extends EngineCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    MediaCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: get or head");
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Fetches the picture, voice, video, sticker, file, map or head image of a message.")
    int get(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "MSGID", description = "The message.") String msgId,
            @Option(names = "--thumbnail", description = "The small picture of it instead.") boolean thumbnail,
            @Option(names = "--into", defaultValue = ".", paramLabel = "DIR", description = "Where to. (.)") Path into)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("msgId", msgId);
        if (thumbnail) {
            query.put("thumbnail", "true");
        }
        EngineClient engine = engine(chosen);
        return saved(engine, chosen.path() + "/media", query, into, "");
    }

    @Command(name = "head", mixinStandardHelpOptions = true, description = "Fetches somebody's head image.")
    int head(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "NAME", description = "Whose, or which room's.") String name,
            @Option(names = "--room", paramLabel = "NAME", description = "NAME is a member of this room.") @Nullable
                    String room,
            @Option(names = "--large", description = "As large as there is.") boolean large,
            @Option(names = "--into", defaultValue = ".", paramLabel = "DIR", description = "Where to. (.)") Path into)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("name", name);
        if (room != null) {
            query.put("room", room);
        }
        if (large) {
            query.put("large", "true");
        }
        EngineClient engine = engine(chosen);
        return saved(engine, chosen.path() + "/contacts/image", query, into, name);
    }

    private int saved(EngineClient engine, String path, Map<String, String> query, Path into, String whose)
            throws IOException {
        return print(String.valueOf(new Download(surroundings).save(engine.getBytes(path, query), into, whose)));
    }
}
