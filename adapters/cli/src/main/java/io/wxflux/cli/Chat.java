package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A chat from its first line to its last. Two threads only read, one the engine's events and one the keyboard; what is
 * typed is done one after the other on the command's own.
 */
final class Chat {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Surroundings surroundings;
    private final EngineClient engine;
    private final EngineTarget target;
    private final ChatScreen screen;
    private final ChatLines lines;
    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();

    private enum End {
        TYPED_OUT,
        /** A script's lines were for somebody who was not found. */
        ASTRAY,
        STOPPED,
        ENGINE_GONE
    }

    /** Either a line or the end. */
    private record Input(@Nullable String line, @Nullable End end) {}

    Chat(Surroundings surroundings, EngineClient engine, EngineTarget target, ChatScreen screen) {
        this.surroundings = surroundings;
        this.engine = engine;
        this.target = target;
        this.screen = screen;
        this.lines = new ChatLines(surroundings, engine, target.path(), screen);
    }

    int run(@Nullable String to) {
        try {
            return chat(to);
        } catch (CommandFailed e) {
            // Somebody who ends a chat before it has begun has ended it.
            if (surroundings.stop().requested().isDone()) {
                return ExitCode.OK;
            }
            throw e;
        }
    }

    private int chat(@Nullable String to) {
        JsonNode account = engine.get(target.path(), Map.of());
        screen.say("Chat as " + ContactText.field(account, "id") + " (" + ContactText.name(account)
                + "). /to NAME chooses a conversation, /help lists the commands, /quit ends it.");
        if (to != null) {
            lines.choose(to);
        }
        HttpResponse<Stream<String>> events = engine.await(engine.events(Map.of("account", target.accountId())));
        Stream<String> live = engine.success(events, body -> String.join("", body.toList()));
        surroundings.stop().requested().thenRun(() -> inputs.add(new Input(null, End.STOPPED)));
        thread("wxflux-chat-events", () -> watch(live));
        thread("chat-keyboard", this::read);
        return end(converse());
    }

    private End converse() {
        while (true) {
            screen.prompt();
            Input input;
            try {
                input = inputs.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return End.STOPPED;
            }
            screen.typed();
            String line = input.line;
            if (line == null) {
                return input.end == null ? End.STOPPED : input.end;
            }
            if (line.strip().equals("/quit")) {
                return End.TYPED_OUT;
            }
            try {
                lines.take(line);
            } catch (CommandFailed e) {
                screen.say("! " + e.getMessage());
                lines.failed();
            } catch (IOException e) {
                screen.say("! " + TerminalText.line(String.valueOf(e.getMessage())));
                lines.failed();
            }
            if (lines.isAstray()) {
                if (!surroundings.screen().inTerminal()) {
                    screen.say("! the lines that follow were for somebody else: nothing more is sent");
                    return End.ASTRAY;
                }
                screen.say("! nobody is chosen now: /to NAME chooses, and until then nothing is sent");
            }
        }
    }

    private int end(End end) {
        if (end == End.ASTRAY) {
            return ExitCode.FAILED;
        }
        if (end == End.ENGINE_GONE) {
            throw CommandFailed.failed("the engine has ended, and the chat with it");
        }
        // Somebody at a keyboard saw what failed; a script sees the code.
        return end == End.TYPED_OUT
                        && lines.hasFailed()
                        && !surroundings.screen().outTerminal()
                ? ExitCode.FAILED
                : ExitCode.OK;
    }

    private void read() {
        try {
            BufferedReader typed = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
            for (String line = typed.readLine(); line != null; line = typed.readLine()) {
                inputs.add(new Input(line, null));
            }
        } catch (IOException e) {
            screen.say("! the input cannot be read: " + e.getMessage());
        }
        inputs.add(new Input(null, End.TYPED_OUT));
    }

    private void watch(Stream<String> live) {
        try (live) {
            live.filter(line -> !line.isEmpty()).forEach(this::show);
        } catch (RuntimeException cut) {
            // The engine was stopped or killed; that is said below, in the same words as a quiet end.
            inputs.add(new Input(null, End.ENGINE_GONE));
            return;
        }
        inputs.add(new Input(null, End.ENGINE_GONE));
    }

    private void show(String line) {
        JsonNode event;
        try {
            event = EngineClient.JSON.readTree(line);
        } catch (JacksonException e) {
            return;
        }
        if (event.has("error")) {
            screen.say("! " + TerminalText.line(event.path("message").asString("")));
            return;
        }
        String type = event.path("type").asString("");
        if (type.equals("wx.message.status-notify")) {
            return;
        }
        // Made harmless by the engine, and once more here: another program might listen at its port.
        String text =
                time(event) + " " + TerminalText.line(event.path("summary").asString(type), 600);
        if (type.startsWith("wx.message.")) {
            String subject = event.path("subject").asString("");
            screen.message(text, lines.isHere(subject));
            if (!event.path("data").path("self").asBoolean(false)) {
                lines.heard(event);
            }
        } else {
            screen.say(text);
        }
    }

    private static String time(JsonNode event) {
        try {
            return CLOCK.format(Instant.parse(event.path("time").asString("")).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException e) {
            return "        ";
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
