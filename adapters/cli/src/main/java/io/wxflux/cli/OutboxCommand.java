package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** What waits in the outbox of an account. */
@Command(
        name = "outbox",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the messages that wait in the outbox of an account: those of `send --durable`, of programs"
                + " and of bots.",
        footer = {
            "",
            "queued: not at the service yet. sent: its answer is awaited. What became of the others is told by the",
            "events wx.send.accepted, wx.send.refused and wx.send.unknown."
        })
final class OutboxCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    OutboxCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        JsonNode answer = engine(target).get(target.path() + "/outbox", Map.of());
        if (form.json) {
            return print(answer);
        }
        Table table = new Table("ID", "TO", "KIND", "STATE", "QUEUED", "EXPIRES");
        for (JsonNode entry : answer.path("pending")) {
            String name = ContactText.field(entry, "name");
            table.row(
                    ContactText.field(entry, "id"),
                    name.isEmpty() ? TerminalText.line(entry.path("to").asString(""), 140) : name,
                    ContactText.field(entry, "kind"),
                    ContactText.field(entry, "state"),
                    ContactText.field(entry, "queuedAt"),
                    ContactText.field(entry, "expiresAt"));
        }
        return print(table, "nothing waits in the outbox of " + target.accountId());
    }
}
