package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rooms of an account. Without a subcommand it lists them. */
@Command(
        name = "rooms",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the rooms of an account; makes, fills, empties, renames and leaves them.",
        footer = {
            "",
            "The service refuses much of this to web sessions, or says yes and does nothing: what became of each",
            "person is read afterwards and printed. Exit code 1 unless all of it was done."
        })
final class RoomsCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    RoomsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return list(target, form);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them; the same as no subcommand.")
    int list(@Mixin EngineTarget chosen, @Mixin Form how) {
        JsonNode answer = engine(chosen).get(chosen.path() + "/rooms", Map.of());
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("ROOM", "MEMBERS", "ID");
        for (JsonNode room : answer.path("rooms")) {
            table.row(
                    ContactText.name(room), String.valueOf(room.path("members").asInt(0)), ContactText.shortId(room));
        }
        return print(table, "no rooms are known");
    }

    @Command(name = "members", mixinStandardHelpOptions = true, description = "Lists who is in a room.")
    int members(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "ROOM", description = "Which.") String room,
            @Mixin Form how) {
        JsonNode answer = engine(chosen).get(chosen.path() + "/rooms/members", Map.of("room", room));
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("NAME", "NICK NAME", "USERNAME");
        for (JsonNode member : answer.path("members")) {
            table.row(ContactText.name(member), ContactText.field(member, "nickName"), ContactText.userName(member));
        }
        return print(table, "its members are not known");
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a room of two or more others.")
    int create(
            @Mixin EngineTarget chosen,
            @Option(names = "--topic", paramLabel = "NAME", description = "The room's name.") @Nullable String topic,
            @Parameters(arity = "2..*", paramLabel = "PERSON", description = "Who comes in.") List<String> people,
            @Mixin Form how) {
        ObjectNode body = body();
        body.set("members", list(people));
        if (topic != null) {
            body.put("topic", topic);
        }
        return outcomes(engine(chosen).post(chosen.path() + "/rooms/create", body), how);
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Brings people into a room, or invites them.")
    int add(
            @Mixin EngineTarget chosen,
            @Parameters(index = "0", paramLabel = "ROOM", description = "Which.") String room,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "PERSON", description = "Who.")
                    List<String> people,
            @Mixin Form how) {
        return change(chosen, "add", room, people, how);
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes members from an own room.")
    int remove(
            @Mixin EngineTarget chosen,
            @Parameters(index = "0", paramLabel = "ROOM", description = "Which.") String room,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "PERSON", description = "Who.")
                    List<String> people,
            @Mixin Form how) {
        return change(chosen, "remove", room, people, how);
    }

    @Command(name = "rename", mixinStandardHelpOptions = true, description = "Gives a room another name.")
    int rename(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "ROOM", description = "Which.") String room,
            @Parameters(paramLabel = "NAME", description = "Its new name.") String topic) {
        engine(chosen).post(chosen.path() + "/rooms/rename", body("room", room).put("topic", topic));
        return print("done");
    }

    @Command(name = "quit", mixinStandardHelpOptions = true, description = "Leaves a room.")
    int quit(@Mixin EngineTarget chosen, @Parameters(paramLabel = "ROOM", description = "Which.") String room) {
        engine(chosen).post(chosen.path() + "/rooms/quit", body("room", room));
        return print("done");
    }

    private int change(EngineTarget chosen, String what, String room, List<String> people, Form how) {
        ObjectNode body = body("room", room);
        body.set("people", list(people));
        return outcomes(engine(chosen).post(chosen.path() + "/rooms/" + what, body), how);
    }

    private int outcomes(JsonNode answer, Form how) {
        boolean all = true;
        Table table = new Table("RESULT", "PERSON", "REASON");
        for (JsonNode person : answer.path("people")) {
            all &= person.path("done").asBoolean(false);
            table.row(
                    ContactText.field(person, "result"),
                    ContactText.field(person, "name"),
                    ContactText.field(person, "reason"));
        }
        if (how.json) {
            print(answer);
        } else {
            print("room " + TerminalText.line(answer.path("room").asString(""), 140));
            print(table, "nobody was asked for");
        }
        return all ? ExitCode.OK : ExitCode.FAILED;
    }
}
