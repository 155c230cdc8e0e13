package io.wxflux.cli;

import io.wxflux.event.AccountState;
import io.wxflux.file.TerminalText;
import io.wxflux.model.PlainTime;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** How the accounts of a running engine are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows the accounts of a running engine: state, messages, what waits, what is wrong.",
        footer = {
            "",
            "MESSAGES: received since the engine started. BEHIND: events that the slowest sink has not taken. OUTBOX:",
            "messages that wait there. What is wrong stands below the table, a line for each account."
        })
final class StatusCommand extends EngineCommand implements Callable<Integer> {
    private static final int REASON = 400;

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
        Table table = new Table("ACCOUNT", "STATE", "NAME", "MESSAGES", "BEHIND", "OUTBOX", "POLLS AT");
        var troubles = new ArrayList<String>();
        for (JsonNode account : accounts) {
            table.row(
                    ContactText.field(account, "id"),
                    state(account),
                    ContactText.name(account),
                    String.valueOf(account.path("received").asLong(0)),
                    behind(account),
                    String.valueOf(account.path("outbox").asInt(0)),
                    AccountTable.host(account.path("pollHost").asString("")));
            String trouble = trouble(account);
            if (!trouble.isEmpty()) {
                troubles.add(ContactText.field(account, "id") + ": " + trouble);
            }
        }
        print(table, "the engine has no accounts");
        // Below the table, where nothing is cut: the end of a reason says what helps.
        troubles.forEach(this::print);
        return ExitCode.OK;
    }

    /** Events that the slowest sink has not taken yet, and which one that is. */
    private static String behind(JsonNode account) {
        long most = 0;
        String slowest = "";
        for (Map.Entry<String, JsonNode> sink : account.path("sinks").properties()) {
            long events = sink.getValue().path("behind").asLong(0);
            if (events > most) {
                most = events;
                slowest = " (" + TerminalText.line(sink.getKey(), 64) + since(sink.getValue()) + ")";
            }
        }
        return most + slowest;
    }

    private static String since(JsonNode sink) {
        try {
            Duration age = Duration.between(Instant.parse(sink.path("since").asString("")), Instant.now());
            return age.toSeconds() < 1 ? "" : ", " + PlainTime.of(Duration.ofSeconds(age.toSeconds()));
        } catch (DateTimeParseException none) {
            return "";
        }
    }

    private static String state(JsonNode account) {
        String name = account.path("state").asString("");
        try {
            return StateText.of(AccountState.valueOf(name))
                    + left(account.path("nextTry")).map(left -> ", " + left).orElse("");
        } catch (IllegalArgumentException newer) {
            return name;
        }
    }

    /** What rests after a 1205, what failed last, then which sink does not take its events. */
    private static String trouble(JsonNode account) {
        var words = new ArrayList<String>();
        account.path("resting")
                .properties()
                .forEach(operation -> left(operation.getValue())
                        .ifPresent(left -> words.add(operation.getKey() + " rests for " + left)));
        String error = TerminalText.line(account.path("lastError").asString(""), REASON);
        if (!error.isEmpty()) {
            words.add(error);
        }
        account.path("sinks").properties().forEach(sink -> {
            String trouble = sink.getValue().path("trouble").asString("");
            if (!trouble.isEmpty()) {
                words.add(TerminalText.line("sink " + sink.getKey() + ": " + trouble, REASON));
            }
        });
        return String.join("; ", words);
    }

    /** How long it is until then, if that is to come. */
    private static Optional<String> left(JsonNode time) {
        if (!time.isString()) {
            return Optional.empty();
        }
        Duration left = Duration.between(Instant.now(), Instant.parse(time.stringValue()));
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(PlainTime.of(left));
    }
}
