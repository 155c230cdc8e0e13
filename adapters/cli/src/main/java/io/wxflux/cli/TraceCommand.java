package io.wxflux.cli;

import io.wxflux.MessageTrace;
import io.wxflux.Traces;
import io.wxflux.config.RunnerConfig;
import io.wxflux.file.FileDeadLetters;
import io.wxflux.file.TerminalText;
import io.wxflux.journal.FileJournal;
import io.wxflux.model.MsgId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of a message. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Tells what became of a message: since when it is known, where it stands in the journal, which sinks"
                        + " are past it while it stands there, and who rejected it.",
        footer = {"", "Works with a running engine (--control) and, while none runs, on the state directory itself."})
final class TraceCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    @Parameters(paramLabel = "MSGID", description = "The message's id (7301), or that of its event (shop-7301).")
    private String msgId = "";

    TraceCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        if (surroundings.ownsProcess()) {
            Logging.off();
        }
        splitEventId();
        Map<String, String> query =
                target.chosen().map(account -> Map.of("account", account)).orElse(Map.of());
        JsonNode answer = target.running(surroundings)
                .map(engine -> engine.get("/v1/messages/" + EngineClient.segment(msgId) + "/trace", query))
                .orElseGet(() -> atRest(target.config()));
        if (form.json) {
            return print(answer);
        }
        if (answer.path("traces").isEmpty()) {
            return print("nothing is known of message " + TerminalText.line(msgId, 40)
                    + ": it was never received, or so long ago that every sink has had it and its id is forgotten");
        }
        answer.path("traces").forEach(this::show);
        return ExitCode.OK;
    }

    /** An event's id is that of the account and that of the message, which is a number, or made of its content. */
    private void splitEventId() {
        int end = msgId.lastIndexOf('-');
        if (end > 0 && msgId.substring(end + 1).matches("\\d+|x[0-9a-f]{32}")) {
            String account = msgId.substring(0, end);
            if (!target.chosen().orElse(account).equals(account)) {
                throw CommandFailed.wrongInput(TerminalText.line(msgId, 100) + " is an event of another account than "
                        + target.chosen().orElse("") + ": leave one of the two out");
            }
            target.account(account);
            msgId = msgId.substring(end + 1);
        }
    }

    private void show(JsonNode trace) {
        print(ContactText.field(trace, "account") + "-" + ContactText.field(trace, "id"));
        String received = ContactText.field(trace, "received");
        print("  known since   " + (received.isEmpty() ? "longer ago than is remembered" : received));
        boolean there = trace.has("offset");
        print("  journal       " + (there ? "offset " + trace.path("offset").asLong(0) : "not there any more"));
        if (!there) {
            // Nothing durable tells the two apart.
            print("  sinks         every required one has had it; or this account sent it, and none was to have it");
        }
        trace.path("sinks")
                .properties()
                .forEach(sink -> print("  sink          "
                        + TerminalText.line(sink.getKey(), 64) + ": "
                        + switch (sink.getValue().asString("")) {
                            case "taken" -> "is past it";
                            case "waiting" -> "has yet to take it";
                            default -> "rejected it";
                        }));
        for (JsonNode letter : trace.path("deadLetters")) {
            print("  dead letter   " + ContactText.field(letter, "sink") + ", " + ContactText.field(letter, "time")
                    + ": " + TerminalText.line(letter.path("reason").asString(""), 200));
        }
    }

    /** The journal belongs to whoever opens it: an engine that starts at this moment says so. */
    private ObjectNode atRest(RunnerConfig config) {
        Path state = config.state();
        ObjectNode json = EngineClient.JSON.createObjectNode();
        ArrayNode traces = json.putArray("traces");
        if (!Files.isDirectory(state)) {
            return json;
        }
        FileDeadLetters letters = new FileDeadLetters(state.resolve(FileJournal.DEAD_LETTERS));
        List<MessageTrace> found = Traces.of(
                        surroundings.journals().apply(Runner.journal(config)),
                        letters,
                        new MsgId(msgId),
                        account -> target.chosen().map(account.value()::equals).orElse(true))
                .collectList()
                .flatMap(all -> letters.close().thenReturn(all))
                .blockOptional()
                .orElse(List.of());
        for (MessageTrace trace : found) {
            ObjectNode each = traces.addObject()
                    .put("account", trace.account().value())
                    .put("id", trace.id().value());
            if (trace.received() != null) {
                each.put("received", trace.received().toString());
            }
            trace.offset().ifPresent(offset -> each.put("offset", offset));
            ObjectNode sinks = each.putObject("sinks");
            trace.sinks()
                    .forEach((name, place) -> sinks.put(
                            name, place.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            ArrayNode rejected = each.putArray("deadLetters");
            trace.deadLetters()
                    .forEach(letter -> rejected.addObject()
                            .put("sink", letter.sink())
                            .put("time", letter.time().toString())
                            .put("reason", letter.reason()));
        }
        return json;
    }
}
