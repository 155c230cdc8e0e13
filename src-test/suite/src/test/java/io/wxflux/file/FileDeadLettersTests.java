package io.wxflux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.sink.DeadLetter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FileDeadLettersTests {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void aLetterHoldsTheEventTheReasonAndTheRawMessage() throws IOException {
        Path path = directory.resolve("dead-letters.ndjson");
        FileDeadLetters store = new FileDeadLetters(path);
        store.add(letter("status 422\r\n\u001b[2Jno")).block(SOON);
        store.close().block(SOON);
        JsonNode line = JSON.readTree(Files.readAllLines(path).get(0));
        assertThat(line.path("sink").asString()).isEqualTo("webhook");
        assertThat(line.path("reason").asString()).isEqualTo("status 422\\u000d\\n\\u001b[2Jno");
        assertThat(line.path("time").asString()).isEqualTo("2026-11-21T04:05:06Z");
        assertThat(line.path("event").path("id").asString()).isEqualTo("alice-1007");
        assertThat(line.path("raw").asString()).isEqualTo("{\"MsgType\":1}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTornLetterIsCutBeforeTheNext() throws IOException {
        Path path = directory.resolve("dead-letters.ndjson");
        FileDeadLetters first = new FileDeadLetters(path);
        first.add(letter("one")).block(SOON);
        first.close().block(SOON);
        Files.writeString(path, "{\"sink\":\"web", StandardOpenOption.APPEND);
        FileDeadLetters second = new FileDeadLetters(path);
        second.add(letter("two")).block(SOON);
        second.close().block(SOON);
        List<String> lines = Files.readAllLines(path);
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
    }

    @Test
    void whatCannotBeKeptIsNotAcknowledged() {
        AtomicBoolean full = new AtomicBoolean(true);
        FileDeadLetters store = new FileDeadLetters(
                directory.resolve("dead-letters.ndjson"),
                new Disk() {
                    @Override
                    public void force(FileChannel channel) throws IOException {
                        if (full.get()) {
                            throw new IOException("No space left on device");
                        }
                    }
                },
                FileDeadLetters.MOST_BYTES);
        assertThatThrownBy(() -> store.add(letter("x")).block(SOON)).isInstanceOf(SinkUnavailableException.class);
        full.set(false);
        store.add(letter("x")).block(SOON);
        store.close().block(SOON);
    }

    private static DeadLetter letter(String reason) {
        return new DeadLetter(
                "webhook", SampleEvents.text("alice", 7, "hello"), new byte[] {1, 2, 3}, reason, SampleEvents.TIME);
    }
}
