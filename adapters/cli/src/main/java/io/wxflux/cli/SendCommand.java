package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends one message, takes one back, or marks a chat as read. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Sends a message through a running engine; it prints the message's id.",
        footer = {
            "",
            "NAME is a remark, nick name or visible id, exactly; a lasting id; or a UserName such as filehelper.",
            "When two people answer to it, they are listed and nothing is sent.",
            "",
            "  wxflux send --to filehelper \"hello\"",
            "  wxflux send --to \"Family\" --file report.pdf",
            "  echo \"done\" | wxflux send -a shop --to Ann -"
        })
final class SendCommand extends EngineCommand implements Callable<Integer> {
    @Option(names = "--to", required = true, paramLabel = "NAME", description = "Who gets it: a person or a room.")
    private String to = "";

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The text; - reads it from standard input.")
    private @Nullable String words;

    @Option(names = "--text", paramLabel = "TEXT", description = "The same as an option.")
    private @Nullable String text;

    @Option(
            names = "--mention",
            paramLabel = "NAME",
            description = "A member of the room whom the text notifies; may be repeated.")
    private List<String> mentions = List.of();

    @Option(names = "--image", paramLabel = "PATH", description = "A picture: jpeg, png or bmp.")
    private @Nullable String image;

    @Option(names = "--video", paramLabel = "PATH", description = "A film: mp4.")
    private @Nullable String video;

    @Option(names = "--emoticon", paramLabel = "PATH|MD5", description = "A gif, or the MD5 of a sticker received.")
    private @Nullable String emoticon;

    @Option(names = "--file", paramLabel = "PATH", description = "Any file, sound included.")
    private @Nullable String file;

    @Option(names = "--forward", paramLabel = "MSGID", description = "A message received since the engine started.")
    private @Nullable String forward;

    @Option(
            names = "--durable",
            description = "Keep it in the outbox until it is sent, over restarts; do not wait for that.")
    private boolean durable;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "When a durable message is given up, such as 30m or 12h. (10m)")
    private @Nullable Duration expires;

    @Option(
            names = "--recall",
            paramLabel = "MSGID",
            description = "Take back a message sent to NAME, within 2 minutes.")
    private @Nullable String recall;

    @Option(names = "--read", description = "Mark the chat with NAME as read, and send nothing.")
    private boolean read;

    @Mixin
    private Form form = new Form();

    SendCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        checkOneThing();
        if (recall != null) {
            ObjectNode body = body("to", to).put("msgId", recall);
            JsonNode answer = engine(target).post(target.path() + "/recall", body);
            return form.json ? print(answer) : print("recalled " + TerminalText.line(recall, 64));
        }
        if (read) {
            engine(target).post(target.path() + "/read", body("to", to));
            return print("marked as read");
        }
        EngineClient engine = engine(target);
        OutgoingFile outgoing = new OutgoingFile(surroundings, engine, target.path());
        ObjectNode body = body("to", to);
        if (durable) {
            body.put("durable", true);
            if (expires != null) {
                body.put("expires", expires.toMillis() + "ms");
            }
        }
        String said = text != null ? text : words;
        if (said != null) {
            String whole = said.equals("-") && text == null ? standardInput() : said;
            if (whole.isBlank()) {
                throw CommandFailed.wrongInput("the text is empty: nothing was sent");
            }
            body.put("text", whole);
            if (!mentions.isEmpty()) {
                body.set("mention", list(mentions));
            }
            return printed(engine.post(target.path() + "/send", body));
        }
        if (forward != null) {
            return printed(engine.post(target.path() + "/send", body.put("forward", forward)));
        }
        if (emoticon != null && emoticon.matches("[0-9a-fA-F]{32}")) {
            return printed(engine.post(target.path() + "/send", body.put("emoticon", emoticon)));
        }
        return printed(
                image != null
                        ? outgoing.send("image", image, body)
                        : video != null
                                ? outgoing.send("video", video, body)
                                : emoticon != null
                                        ? outgoing.send("emoticon", emoticon, body)
                                        : outgoing.send("file", Objects.requireNonNull(file), body));
    }

    private void checkOneThing() {
        if (words != null && text != null) {
            throw CommandFailed.wrongInput("there is a TEXT (" + TerminalText.line(words, 40)
                    + ") and --text: give one of them; the account is named with -a, the configuration with -c");
        }
        long things = Stream.of(words, text, image, video, emoticon, file, forward, recall)
                        .filter(Objects::nonNull)
                        .count()
                + (read ? 1 : 0);
        if (things != 1) {
            throw CommandFailed.wrongInput(
                    things == 0
                            ? "there is nothing to send: give a TEXT, or --image, --video, --emoticon, --file, --forward"
                            : "one message a command: give only one of TEXT, --image, --video, --emoticon, --file,"
                                    + " --forward, --recall and --read");
        }
        if (expires != null && !durable) {
            throw CommandFailed.wrongInput("--expires is for --durable messages: add that, or leave it out");
        }
        if (!mentions.isEmpty() && words == null && text == null) {
            throw CommandFailed.wrongInput("--mention goes with a text: give one");
        }
    }

    private int printed(JsonNode answer) {
        if (form.json) {
            return print(answer);
        }
        if (durable) {
            return print("queued " + TerminalText.line(answer.path("id").asString(""), 64) + "; it expires at "
                    + TerminalText.line(answer.path("expiresAt").asString(""), 40));
        }
        return print("sent " + TerminalText.line(answer.path("msgId").asString(""), 64));
    }

    private String standardInput() throws IOException {
        String read = new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8);
        return read.endsWith("\n") ? read.substring(0, read.length() - 1) : read;
    }
}
