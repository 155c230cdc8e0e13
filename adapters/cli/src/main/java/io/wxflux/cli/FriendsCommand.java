package io.wxflux.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Friend requests, in and out. Without a subcommand it lists those received. */
@Command(
        name = "friends",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows and answers friend requests; looks for people and asks them.",
        footer = {"", "Few and by hand: the service watches nothing as closely as added friends."})
final class FriendsCommand extends EngineCommand implements Callable<Integer> {
    @Mixin
    private Form form = new Form();

    FriendsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return requests(target, form);
    }

    @Command(
            name = "requests",
            mixinStandardHelpOptions = true,
            description = "Lists the requests received since the engine started; the same as no subcommand.")
    int requests(@Mixin EngineTarget chosen, @Mixin Form how) {
        JsonNode answer = engine(chosen).get(chosen.path() + "/friends/requests", Map.of());
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("MSGID", "NAME", "ID", "SAYS");
        for (JsonNode request : answer.path("requests")) {
            table.row(
                    ContactText.field(request, "msgId"),
                    ContactText.name(request),
                    ContactText.field(request, "alias"),
                    ContactText.field(request, "content"));
        }
        return print(table, "no friend request has come since the engine started");
    }

    @Command(name = "accept", mixinStandardHelpOptions = true, description = "Accepts a request.")
    int accept(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "MSGID", description = "As `friends requests` lists it.") String msgId) {
        engine(chosen).post(chosen.path() + "/friends/accept", body("msgId", msgId));
        return print("accepted");
    }

    @Command(name = "reject", mixinStandardHelpOptions = true, description = "Turns a request down.")
    int reject(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "MSGID", description = "As `friends requests` lists it.") String msgId) {
        engine(chosen).post(chosen.path() + "/friends/reject", body("msgId", msgId));
        return print("rejected");
    }

    @Command(
            name = "search",
            mixinStandardHelpOptions = true,
            description = "Looks for people and official accounts the account does not know.")
    int search(
            @Mixin EngineTarget chosen,
            @Parameters(paramLabel = "KEYWORD", description = "A visible id or phone number.") String keyword,
            @Mixin Form how) {
        JsonNode answer = engine(chosen).get(chosen.path() + "/friends/search", Map.of("keyword", keyword));
        if (how.json) {
            return print(answer);
        }
        Table table = new Table("NAME", "KIND", "USERNAME");
        for (JsonNode person : answer.path("found")) {
            table.row(ContactText.name(person), ContactText.field(person, "kind"), ContactText.userName(person));
        }
        return print(table, "nobody was found");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Asks somebody to become a friend; follows an official account.")
    int add(
            @Mixin EngineTarget chosen,
            @Parameters(
                            paramLabel = "WHO",
                            description = "A visible id or phone number; @... , the UserName of a room's member.")
                    String who,
            @Option(
                            names = "--hello",
                            defaultValue = "",
                            paramLabel = "TEXT",
                            description = "What they read with the request.")
                    String hello,
            @Option(names = "--card", description = "WHO is the MSGID of a card or proposal received.") boolean card) {
        ObjectNode body = body(card ? "msgId" : who.startsWith("@") ? "userName" : "keyword", who);
        engine(chosen).post(chosen.path() + "/friends/add", body.put("hello", hello));
        return print("asked");
    }
}
