package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What typed lines do. */
final class ChatLines {
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("/to NAME", "talk to a person or room");
        COMMANDS.put("/r", "talk to whoever wrote last");
        COMMANDS.put("/rooms", "list the rooms");
        COMMANDS.put("/who", "who is in this room");
        COMMANDS.put("/who TEXT", "contacts with TEXT in a name");
        COMMANDS.put("/file PATH", "send a file; likewise /image, /video");
        COMMANDS.put("/recall", "take back the last message sent here");
        COMMANDS.put("/read", "mark this chat as read");
        COMMANDS.put("//TEXT", "send a text that begins with a slash");
        COMMANDS.put("/quit", "end the chat");
    }

    private final Surroundings surroundings;
    private final EngineClient engine;
    private final String account;
    private final ChatScreen screen;
    private volatile @Nullable Conversation here;
    private volatile @Nullable Conversation lastHeard;
    private @Nullable Sent lastSent;
    private boolean failed;
    private boolean astray;

    private record Conversation(String userName, String name) {}

    private record Sent(String to, String msgId) {}

    ChatLines(Surroundings surroundings, EngineClient engine, String account, ChatScreen screen) {
        this.surroundings = surroundings;
        this.engine = engine;
        this.account = account;
        this.screen = screen;
    }

    void take(String line) throws IOException {
        if (line.isBlank()) {
            return;
        }
        if (!line.startsWith("/") || line.startsWith("//")) {
            ObjectNode body = to().put("text", line.startsWith("//") ? line.substring(1) : line);
            sent(engine.post(account + "/send", body));
            return;
        }
        String[] parts = line.strip().split("\\s+", 2);
        String rest = parts.length == 2 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "/to" -> choose(rest);
            case "/r" -> answer();
            case "/rooms" -> rooms();
            case "/who" -> who(rest);
            case "/file", "/image", "/video" -> file(parts[0].substring(1), rest);
            case "/recall" -> recall();
            case "/read" -> {
                engine.post(account + "/read", to());
                screen.say("marked as read");
            }
            case "/help" ->
                COMMANDS.forEach((command, text) -> screen.plain("  " + TextWidth.fit(command, 12) + "  " + text));
            default ->
                throw CommandFailed.wrongInput(
                        "there is no " + TerminalText.line(parts[0], 20) + "; /help lists the commands");
        }
    }

    /** @param name as the owner calls them */
    void choose(String name) {
        leave();
        if (name.isEmpty()) {
            throw CommandFailed.wrongInput("/to whom? A person or room, by name");
        }
        JsonNode found = engine.get(account + "/contacts/find", Map.of("name", name));
        enter(new Conversation(found.path("userName").asString(""), ContactText.name(found)));
    }

    /** Whether it belongs to the conversation on the screen; everything does while none is chosen. */
    boolean isHere(String userName) {
        Conversation current = here;
        return current == null || current.userName.equals(userName);
    }

    /** Called by the thread that reads events. */
    void heard(JsonNode event) {
        String subject = event.path("subject").asString("");
        JsonNode data = event.path("data");
        JsonNode party = data.path(data.has("room") ? "room" : "from");
        lastHeard = new Conversation(subject, ContactText.name(party));
    }

    void failed() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Whether somebody else was to be chosen and was not: then nobody is, and what follows was meant for them. */
    boolean isAstray() {
        return astray;
    }

    /** Before the next is found, so that a line after a failure cannot go to whom it was not meant for. */
    private void leave() {
        here = null;
        astray = true;
        screen.conversation("");
    }

    private void enter(Conversation conversation) {
        here = conversation;
        astray = false;
        screen.conversation(conversation.name);
        screen.say("now talking to " + conversation.name);
    }

    private void answer() {
        leave();
        Conversation last = lastHeard;
        if (last == null) {
            throw CommandFailed.wrongInput("nobody has written yet");
        }
        enter(last);
    }

    private ObjectNode to() {
        Conversation current = here;
        if (current == null) {
            throw CommandFailed.wrongInput("nobody is chosen: /to NAME does, and /r whoever wrote last");
        }
        return EngineCommand.body("to", current.userName);
    }

    private void sent(JsonNode receipt) {
        Conversation current = here;
        if (current != null) {
            lastSent = new Sent(current.userName, receipt.path("msgId").asString(""));
        }
    }

    private void rooms() {
        Table table = new Table("ROOM", "MEMBERS");
        for (JsonNode room : engine.get(account + "/rooms", Map.of()).path("rooms")) {
            table.row(
                    ContactText.name(room), String.valueOf(room.path("members").asInt(0)));
        }
        show(table, "no rooms are known");
    }

    private void who(String text) {
        Conversation current = here;
        if (text.isEmpty() && current == null) {
            throw CommandFailed.wrongInput("/who TEXT looks among the contacts; without it, choose a room first");
        }
        Table table = new Table("NAME", "NICK NAME", "ID");
        JsonNode found = text.isEmpty() && current != null
                ? engine.get(account + "/rooms/members", Map.of("room", current.userName))
                        .path("members")
                : engine.get(account + "/contacts", Map.of("search", text)).path("contacts");
        for (JsonNode person : found) {
            table.row(
                    ContactText.name(person),
                    ContactText.field(person, "nickName"),
                    ContactText.field(person, "alias"));
        }
        show(table, "nobody");
    }

    private void file(String kind, String path) throws IOException {
        if (path.isEmpty()) {
            throw CommandFailed.wrongInput("/" + kind + " which? Name a file");
        }
        sent(new OutgoingFile(surroundings, engine, account).send(kind, path, to()));
        screen.say("sent " + TerminalText.line(path));
    }

    private void recall() {
        Sent last = lastSent;
        if (last == null || last.msgId.isEmpty()) {
            throw CommandFailed.wrongInput("nothing was sent here that could be taken back");
        }
        engine.post(account + "/recall", EngineCommand.body("to", last.to).put("msgId", last.msgId));
        lastSent = null;
        screen.say("taken back");
    }

    private void show(Table table, String otherwise) {
        if (table.isEmpty()) {
            screen.say(otherwise);
        } else {
            table.lines(Integer.getInteger("wxflux.tty.columns", 80)).forEach(screen::plain);
        }
    }
}
