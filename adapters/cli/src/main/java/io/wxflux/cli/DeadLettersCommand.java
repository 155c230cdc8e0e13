package io.wxflux.cli;

import io.wxflux.file.FileDeadLetters;
import io.wxflux.file.TerminalText;
import io.wxflux.sink.KeptLetter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that sinks rejected for good. Without a subcommand it lists them. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows the events that sinks rejected for good, and offers them again.",
        footer = {
            "",
            "Listing works while no engine runs, too; otherwise, and for replaying, it has to run with --control."
        })
final class DeadLettersCommand extends EngineCommand implements Callable<Integer> {
    private static final int MOST = 1_000;
    private static final int REASON = 200;

    @Mixin
    private Choice choice = new Choice();

    @Mixin
    private Form form = new Form();

    DeadLettersCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /** Which of them; all that are given have to fit. */
    static final class Choice {
        @Option(names = "--sink", paramLabel = "NAME", description = "Only those of this sink.")
        private @Nullable String sink;

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "Only that of this event (shop-7301) or this message (7301).")
        private @Nullable String id;

        Map<String, String> query(EngineTarget target) {
            Map<String, String> query = new HashMap<>();
            Optional.ofNullable(sink).ifPresent(name -> query.put("sink", name));
            target.chosen().ifPresent(account -> query.put("account", account));
            Optional.ofNullable(id).ifPresent(event -> query.put("id", event));
            return query;
        }
    }

    @Override
    public Integer call() {
        return list(target, choice, form);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists them, oldest first; the same as no subcommand.")
    int list(@Mixin EngineTarget chosen, @Mixin Choice which, @Mixin Form how) {
        if (surroundings.ownsProcess()) {
            Logging.off();
        }
        Map<String, String> query = which.query(chosen);
        JsonNode answer = chosen.running(surroundings)
                .map(engine -> engine.get("/v1/dead-letters", query))
                .orElseGet(() -> fromFile(chosen.state(), query));
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("EVENT", "SINK", "TYPE", "REJECTED", "REASON");
        for (JsonNode letter : answer.path("letters")) {
            table.row(
                    TerminalText.line(letter.path("id").asString(""), 90),
                    ContactText.field(letter, "sink"),
                    ContactText.field(letter, "type"),
                    ContactText.field(letter, "time"),
                    TerminalText.line(letter.path("reason").asString(""), REASON));
        }
        int code = print(table, "no sink has rejected anything for good");
        if (answer.path("more").asBoolean(false)) {
            print("there are more than these " + MOST);
        }
        return code;
    }

    /** Nobody else uses the file now. */
    private static ObjectNode fromFile(Path state, Map<String, String> query) {
        Path file = state.resolve(StateStore.DEAD_LETTERS);
        ObjectNode json = EngineClient.JSON.createObjectNode();
        ArrayNode letters = json.putArray("letters");
        if (!Files.exists(file)) {
            return json.put("more", false);
        }
        FileDeadLetters store = new FileDeadLetters(file);
        List<KeptLetter> found = store.letters()
                .filter(letter -> fits(letter, query))
                .take(MOST + 1L)
                .collectList()
                .flatMap(all -> store.close().thenReturn(all))
                .blockOptional()
                .orElse(List.of());
        found.stream()
                .limit(MOST)
                .forEach(letter -> letters.addObject()
                        .put("sink", letter.sink())
                        .put("account", letter.account().value())
                        .put("id", letter.eventId())
                        .put("type", letter.type())
                        .put("sequence", letter.sequence())
                        .put("time", letter.time().toString())
                        .put("reason", letter.reason()));
        return json.put("more", found.size() > MOST);
    }

    private static boolean fits(KeptLetter letter, Map<String, String> query) {
        String account = letter.account().value();
        String id = query.get("id");
        return query.getOrDefault("sink", letter.sink()).equals(letter.sink())
                && query.getOrDefault("account", account).equals(account)
                && (id == null
                        || letter.eventId().equals(id)
                        || letter.eventId().equals(account + "-" + id));
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "Offers them to their sinks again, oldest first. One that is accepted leaves the list; one that"
                            + " is rejected again stays.")
    int replay(@Mixin EngineTarget chosen, @Mixin Choice which) {
        ObjectNode body = body();
        which.query(chosen).forEach(body::put);
        int[] counts = {0, 0};
        boolean[] done = {false};
        boolean[] more = {false};
        try (Stream<String> lines = engine(chosen).postForLines("/v1/dead-letters/replay", body)) {
            Stream<JsonNode> answers = lines.filter(line -> !line.isBlank()).map(EngineClient.JSON::readTree);
            surroundings.stop().requested().thenRun(lines::close);
            answers.forEach(line -> {
                if (line.has("id")) {
                    boolean replayed = line.path("replayed").asBoolean(false);
                    counts[replayed ? 0 : 1]++;
                    if (!replayed) {
                        print(TerminalText.line(line.path("id").asString(""), 90) + " stays: "
                                + TerminalText.line(line.path("error").asString(""), REASON));
                    }
                }
                done[0] |= line.path("done").asBoolean(false);
                more[0] |= line.path("more").asBoolean(false);
                if (line.has("message")) {
                    throw CommandFailed.failed(
                            TerminalText.line(line.path("message").asString(""), 2_000));
                }
            });
        } catch (UncheckedIOException | JacksonException | IllegalStateException e) {
            // The connection broke, perhaps within a line, or was closed by the stop, perhaps before the first.
            done[0] = false;
        }
        if (!done[0]) {
            throw CommandFailed.failed((surroundings.stop().requested().isDone() ? "stopped" : "the engine broke off")
                    + " before all were offered (" + counts[0] + " replayed, " + counts[1]
                    + " stay so far). What was accepted has left the list; replay again for the rest");
        }
        print(counts[0] == 0 && counts[1] == 0 ? "nothing to replay" : counts[0] + " replayed, " + counts[1] + " stay");
        if (more[0]) {
            print("there are more: replay again");
        }
        return counts[1] == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
