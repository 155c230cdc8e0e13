package io.wxflux.cli;

import io.wxflux.event.AccountState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** How the accounts of a running engine are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows the accounts of a running engine: state, messages, what sinks have yet to take.")
final class StatusCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        EngineClient engine = engine(target);
        if (target.isNamed()) {
            JsonNode account = engine.get(target.path(), Map.of());
            return show(account, List.of(account));
        }
        JsonNode answer = engine.get("/v1/accounts", Map.of());
        return show(answer, answer.path("accounts"));
    }

    private int show(JsonNode answer, Iterable<JsonNode> accounts) {
        if (form.json) {
            return print(answer);
        }
        Table table = new Table("ACCOUNT", "STATE", "NAME", "MESSAGES", "BEHIND", "TROUBLE");
        for (JsonNode account : accounts) {
            table.row(
                    ContactText.field(account, "id"),
                    state(account.path("state").asString("")),
                    ContactText.name(account),
                    String.valueOf(account.path("received").asLong(0)),
                    String.valueOf(behind(account)),
                    ContactText.field(account, "lastError"));
        }
        return print(table, "the engine has no accounts");
    }

    /** Events that the slowest sink has not taken yet. */
    private static long behind(JsonNode account) {
        long end = account.path("journalEnd").asLong(0);
        long slowest = end;
        for (JsonNode cursor : account.path("cursors")) {
            slowest = Math.min(slowest, cursor.asLong(end));
        }
        return end - slowest;
    }

    private static String state(String name) {
        try {
            return StateText.of(AccountState.valueOf(name));
        } catch (IllegalArgumentException newer) {
            return name;
        }
    }
}
