package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The sinks of a running engine. Without a subcommand it lists them. */
@Command(
        name = "sinks",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows how far each sink is behind, and of which sinks only the cursors are left.")
final class SinksCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    SinksCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return list(target, form);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them; the same as no subcommand.")
    int list(@Mixin EngineTarget chosen, @Mixin Form how) {
        JsonNode answer = engine(chosen).get("/v1/sinks", Map.of());
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("SINK", "ACCOUNTS", "BEHIND", "EVENTS", "TROUBLE");
        for (JsonNode sink : answer.path("sinks")) {
            boolean configured = sink.path("configured").asBoolean(false);
            table.row(
                    ContactText.field(sink, "name"),
                    String.valueOf(sink.path("accounts").asInt(0)),
                    String.valueOf(sink.path("behind").asInt(0)),
                    String.valueOf(sink.path("events").asLong(0)),
                    configured
                            ? TerminalText.line(sink.path("trouble").asString(""), 200)
                            : "not configured; only its cursors are left (`sinks forget`)");
        }
        return print(table, "the engine has no sinks");
    }

    @Command(
            name = "forget",
            mixinStandardHelpOptions = true,
            description =
                    "Forgets the cursors of a sink that is not configured any more. Should the name come back, it is"
                            + " a new sink.")
    int forget(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "NAME", description = "As `sinks` lists it.") String name) {
        engine(chosen).post("/v1/sinks/" + EngineClient.segment(name) + "/forget", body());
        return print("forgotten");
    }
}
