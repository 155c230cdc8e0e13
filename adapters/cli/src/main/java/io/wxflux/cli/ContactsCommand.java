package io.wxflux.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Whom an account knows. Without a subcommand it lists them. */
@Command(
        name = "contacts",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists and searches the contacts of an account; sets remarks and pins.")
final class ContactsCommand extends EngineCommand implements Callable<Integer> {
    @Option(names = "--search", paramLabel = "TEXT", description = "Only those with this in a name or id.")
    private @Nullable String part;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only persons, rooms, official accounts, built-in ones or strangers: person, room, official,"
                    + " built-in, stranger.")
    private @Nullable String kind;

    @Mixin
    private Form form = new Form();

    ContactsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return list(target, part, kind, form);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them; the same as no subcommand.")
    int list(
            @Mixin EngineTarget chosen,
            @Option(names = "--search", paramLabel = "TEXT", description = "Only those with this in a name or id.")
                    @Nullable
                    String search,
            @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind.") @Nullable String only,
            @Mixin Form how) {
        Map<String, String> query = new LinkedHashMap<>();
        if (search != null) {
            query.put("search", search);
        }
        if (only != null) {
            query.put("kind", only);
        }
        JsonNode answer = engine(chosen).get(chosen.path() + "/contacts", query);
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("NAME", "NICK NAME", "VISIBLE ID", "KIND", "ID");
        for (JsonNode contact : answer.path("contacts")) {
            table.row(
                    ContactText.name(contact),
                    ContactText.field(contact, "nickName"),
                    ContactText.field(contact, "alias"),
                    ContactText.field(contact, "kind"),
                    ContactText.shortId(contact));
        }
        return print(table, query.isEmpty() ? "no contacts are known yet" : "nobody fits");
    }

    @Command(name = "search", mixinStandardHelpOptions = true, description = "Finds those with TEXT in a name or id.")
    int search(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "TEXT", description = "A part of a name or id.") String text,
            @Mixin Form how) {
        return list(chosen, text, null, how);
    }

    @Command(
            name = "remark",
            mixinStandardHelpOptions = true,
            description = "Gives somebody a name that only this account sees; an empty one takes it away.")
    int remark(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "NAME", description = "Who.") String name,
            @Parameters(paramLabel = "REMARK", description = "The new name.") String remark) {
        engine(chosen)
                .post(chosen.path() + "/contacts/remark", body("name", name).put("remark", remark));
        return print("done");
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Puts a chat on top of the phone's list, or takes it down from there.")
    int pin(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "NAME", description = "Who, or which room.") String name,
            @Option(names = "--off", description = "Take it down.") boolean off) {
        engine(chosen).post(chosen.path() + "/contacts/pin", body("name", name).put("pinned", !off));
        return print("done");
    }
}
