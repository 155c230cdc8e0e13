package io.wxflux.cli;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands that speak to a running engine have in common. */
abstract class EngineCommand {
    private static final int USUAL_COLUMNS = 80;

    final Surroundings surroundings;

    @Mixin
    EngineTarget target = new EngineTarget();

    EngineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** {@code --json}: what the engine says, for programs. */
    static final class Form {
        @Option(names = "--json", description = "Print the engine's answer as JSON.")
        boolean json;
    }

    EngineClient engine(EngineTarget chosen) {
        if (surroundings.ownsProcess()) {
            Logging.off();
        }
        return chosen.connect(surroundings);
    }

    PrintStream out() {
        return surroundings.screen().out();
    }

    int print(String line) {
        out().println(line);
        out().flush();
        return ExitCode.OK;
    }

    int print(JsonNode json) {
        return print(SafeJson.pretty(json));
    }

    /** @param otherwise what is said when there is no row */
    int print(Table table, String otherwise) {
        if (table.isEmpty()) {
            return print(otherwise);
        }
        List<String> lines = table.lines(columns());
        boolean bold = surroundings.screen().outColors();
        out().println(bold ? "\u001b[1m" + lines.get(0) + "\u001b[0m" : lines.get(0));
        lines.stream().skip(1).forEach(out()::println);
        out().flush();
        return ExitCode.OK;
    }

    /** Of a terminal; what goes into a file or a pipe is never cut. */
    private int columns() {
        return surroundings.screen().outTerminal()
                ? Integer.getInteger("wxflux.tty.columns", USUAL_COLUMNS)
                : Integer.MAX_VALUE;
    }

    static ObjectNode body() {
        return EngineClient.JSON.createObjectNode();
    }

    static ObjectNode body(String field, @Nullable String value) {
        return body().put(field, value);
    }

    static ArrayNode list(List<String> values) {
        ArrayNode list = EngineClient.JSON.createArrayNode();
        values.forEach(list::add);
        return list;
    }
}
