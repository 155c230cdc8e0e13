package io.wxflux.file;

import io.wxflux.model.AccountId;
import io.wxflux.sink.TransactionalSink;
import io.wxflux.testkit.TransactionalSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file sink stores each event once. A crash is the copy of its files at that moment: the rest never happened. */
class FileSinkContractTests implements TransactionalSinkContract {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private int lives;

    private Path file() {
        return directory.resolve("life-" + lives).resolve("events.ndjson");
    }

    @Override
    public TransactionalSink sink() {
        return new FileSink("contract", file());
    }

    @Override
    public void crash(TransactionalSink sink) {
        try {
            Path before = file();
            lives++;
            Path after = file();
            Files.createDirectories(after.getParent());
            // The cursor file first: it may be older than the events, as after a crash, but not newer.
            for (Path each : List.of(Cursors.beside(before), before)) {
                if (Files.exists(each)) {
                    Files.copy(each, after.resolveSibling(each.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sink.close().block(SOON);
    }

    @Override
    public List<String> stored(AccountId account) {
        try {
            return !Files.exists(file())
                    ? List.of()
                    : Files.readAllLines(file()).stream()
                            .map(JSON::readTree)
                            .filter(line -> line.path("source").asString("").equals("/accounts/" + account))
                            .map((JsonNode line) -> line.path("id").asString(""))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
