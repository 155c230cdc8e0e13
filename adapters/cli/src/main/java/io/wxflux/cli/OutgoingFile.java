package io.wxflux.cli;

import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a file to the engine and sends it; on a terminal one sees how far it is. */
final class OutgoingFile {
    private final Surroundings surroundings;
    private final EngineClient engine;
    private final String account;

    OutgoingFile(Surroundings surroundings, EngineClient engine, String account) {
        this.surroundings = surroundings;
        this.engine = engine;
        this.account = account;
    }

    /**
     * @param field what it is sent as
     * @param body the rest of the request
     */
    JsonNode send(String field, String path, ObjectNode body) throws IOException {
        Path file = readable(path);
        String name = String.valueOf(file.getFileName());
        JsonNode upload = engine.upload(account + "/uploads", name, file);
        body.put(field, upload.path("upload").asString(""));
        if (body.path("durable").asBoolean(false)) {
            return engine.post(account + "/send", body);
        }
        JsonNode last = body;
        Progress progress = new Progress(surroundings.screen(), TerminalText.line(name, 30));
        try (Stream<String> lines = engine.postForLines(account + "/send", body)) {
            for (String line : (Iterable<String>) lines.filter(each -> !each.isEmpty())::iterator) {
                last = EngineClient.JSON.readTree(line);
                JsonNode bytes = last.path("progress");
                if (bytes.isObject()) {
                    progress.show(
                            bytes.path("sent").asLong(0), bytes.path("total").asLong(0));
                }
            }
        } finally {
            progress.end();
        }
        if (last.has("error")) {
            throw EngineClient.refusal(502, last.toString());
        }
        if (!last.has("msgId")) {
            throw CommandFailed.failed("the engine ended before it told whether the file was sent: look at the phone");
        }
        return last;
    }

    private static Path readable(String path) {
        try {
            Path file = Path.of(path);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw CommandFailed.wrongInput(TerminalText.line(path, 500) + " is no path");
        }
        throw CommandFailed.wrongInput(TerminalText.line(path, 500) + " is no file that can be read");
    }
}
