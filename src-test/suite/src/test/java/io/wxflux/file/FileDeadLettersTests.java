package io.wxflux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.SinkUnavailableException;
import io.wxflux.sink.DeadLetter;
import io.wxflux.sink.KeptLetter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

    @Test
    void lettersAreReadBackOldestFirstWithTheirRecords() {
        FileDeadLetters store = new FileDeadLetters(file());
        assertThat(store.letters().collectList().block(SOON)).isEmpty();
        assertThat(file()).doesNotExist();
        store.add(letter("webhook", 7)).block(SOON);
        store.add(letter("kafka", 7)).block(SOON);
        store.add(letter("webhook", 8)).block(SOON);
        List<KeptLetter> letters = letters(store);
        assertThat(letters).extracting(KeptLetter::sink).containsExactly("webhook", "kafka", "webhook");
        assertThat(letters).extracting(KeptLetter::eventId).containsExactly("alice-1007", "alice-1007", "alice-1008");
        KeptLetter first = letters.get(0);
        assertThat(first.account().value()).isEqualTo("alice");
        assertThat(first.type()).isEqualTo("wx.message.text");
        assertThat(first.sequence()).isEqualTo(7);
        assertThat(first.reason()).isEqualTo("no");
        assertThat(first.time()).isEqualTo(SampleEvents.TIME);
        assertThat(first.record()).containsExactly(1, 2, 3);
        store.close().block(SOON);
    }

    @Test
    void aLetterThatWasTakenOffStaysOffOverACrash() throws IOException {
        FileDeadLetters store = new FileDeadLetters(file());
        for (int i = 0; i < 5; i++) {
            store.add(letter("webhook", i)).block(SOON);
        }
        store.remove(letters(store).get(1)).block(SOON);
        store.remove(letters(store).get(1)).block(SOON);
        assertThat(sequences(store)).containsExactly(0L, 3L, 4L);
        // The crash: what is on the disk at this moment.
        Path copy = directory.resolve("copy.ndjson");
        Files.copy(file(), copy);
        assertThat(Files.readAllLines(copy)).hasSize(7);
        FileDeadLetters after = new FileDeadLetters(copy);
        assertThat(sequences(after)).containsExactly(0L, 3L, 4L);
        assertThat(Files.readAllLines(copy))
                .as("struck lines leave at the next opening")
                .hasSize(3);
        after.close().block(SOON);
        store.close().block(SOON);
        assertThat(Files.readAllLines(file())).hasSize(3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    /** The letter was kept, but the cursor was not moved: the event is rejected once more after the restart. */
    @Test
    void aLetterThatComesTwiceIsOne() {
        FileDeadLetters store = new FileDeadLetters(file());
        store.add(letter("webhook", 1)).block(SOON);
        store.add(letter("webhook", 2)).block(SOON);
        store.add(letter("webhook", 1)).block(SOON);
        assertThat(sequences(store)).containsExactly(2L, 1L);
        store.close().block(SOON);
    }

    @Test
    void aLetterOfAnOlderVersionAndLinesOfSomebodyElseAreNoTrouble() throws IOException {
        Files.writeString(file(), """
                # a note
                {"sink":"webhook","reason":"no","time":"2026-11-21T04:05:06Z","event":{"id":"alice-1","source":"/accounts/alice","type":"wx.message.text","sequence":"00000000000000000001"}}
                {}
                """);
        FileDeadLetters store = new FileDeadLetters(file());
        assertThat(letters(store)).singleElement().satisfies(letter -> {
            assertThat(letter.eventId()).isEqualTo("alice-1");
            assertThat(letter.record()).isEmpty();
        });
        store.add(letter("webhook", 2)).block(SOON);
        assertThat(letters(store)).hasSize(2);
        store.close().block(SOON);
        assertThat(Files.readString(file())).startsWith("# a note");
    }

    @Test
    void aFileThatCannotBeTidiedIsLetGoAllTheSame() {
        AtomicBoolean full = new AtomicBoolean();
        FileDeadLetters store = new FileDeadLetters(
                file(),
                new Disk() {
                    @Override
                    public void force(FileChannel channel) throws IOException {
                        if (full.get()) {
                            throw new IOException("No space left on device");
                        }
                    }
                },
                FileDeadLetters.MOST_BYTES);
        store.add(letter("webhook", 1)).block(SOON);
        store.add(letter("webhook", 2)).block(SOON);
        store.remove(letters(store).get(0)).block(SOON);
        full.set(true);
        assertThatThrownBy(() -> store.close().block(SOON)).hasMessageContaining("No space");
        FileDeadLetters again = new FileDeadLetters(file());
        assertThat(sequences(again)).as("not locked any more").containsExactly(2L);
        again.close().block(SOON);
    }

    @Test
    void aFullFileKeepsTheSinkWaitingUntilLettersAreReplayed() {
        FileDeadLetters store = new FileDeadLetters(file(), Disk.REAL, 2_500);
        int kept = 0;
        while (kept < 100 && isKept(store, kept)) {
            kept++;
        }
        assertThat(kept).isBetween(2, 20);
        int full = kept;
        assertThatThrownBy(() -> store.add(letter("webhook", full)).block(SOON))
                .isInstanceOf(SinkUnavailableException.class)
                .hasMessageContaining("dead-letters replay");
        store.remove(letters(store).get(0)).block(SOON);
        store.add(letter("webhook", full)).block(SOON);
        assertThat(sequences(store)).startsWith(1L).endsWith((long) full);
        store.close().block(SOON);
    }

    @Test
    void aFileThatIsFullOfTheSameLetterHasRoom() {
        FileDeadLetters store = new FileDeadLetters(file(), Disk.REAL, 2_500);
        store.add(letter("webhook", 1)).block(SOON);
        for (int i = 0; i < 30; i++) {
            store.add(letter("webhook", 2)).block(SOON);
        }
        assertThat(sequences(store)).containsExactly(1L, 2L);
        store.close().block(SOON);
    }

    private static boolean isKept(FileDeadLetters store, int sequence) {
        try {
            store.add(letter("webhook", sequence)).block(SOON);
            return true;
        } catch (SinkUnavailableException full) {
            return false;
        }
    }

    private Path file() {
        return directory.resolve("dead-letters.ndjson");
    }

    private static List<KeptLetter> letters(FileDeadLetters store) {
        return Objects.requireNonNull(store.letters().collectList().block(SOON));
    }

    private static List<Long> sequences(FileDeadLetters store) {
        return letters(store).stream().map(KeptLetter::sequence).toList();
    }

    private static DeadLetter letter(String sink, long sequence) {
        return new DeadLetter(
                sink, SampleEvents.text("alice", sequence, "hello"), new byte[] {1, 2, 3}, "no", SampleEvents.TIME);
    }

    private static DeadLetter letter(String reason) {
        return new DeadLetter(
                "webhook", SampleEvents.text("alice", 7, "hello"), new byte[] {1, 2, 3}, reason, SampleEvents.TIME);
    }
}
