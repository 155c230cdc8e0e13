package io.wxflux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.EngineStateException;
import io.wxflux.error.SinkUnavailableException;
import io.wxflux.event.Lifecycle;
import io.wxflux.model.AccountId;
import io.wxflux.options.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FileSinkTests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = directory.resolve("events.ndjson");
    }

    @Test
    void aLineIsACloudEventWithItsSequenceInAFileForItsOwnerOnly() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 2);
        assertThat(position(sink, "alice")).isEqualTo(2);
        assertThat(position(sink, "bob")).isNull();
        close(sink);
        JsonNode line = JSON.readTree(Files.readAllLines(path).get(1));
        assertThat(line.path("source").asString()).isEqualTo("/accounts/alice");
        assertThat(line.path("sequence").asString()).isEqualTo("1");
        assertThat(line.path("data").path("text").asString()).isEqualTo("第 1 条");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Cursors.beside(path))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 5);
        write(sink, "alice", 3, 7);
        close(sink);
        FileSink again = open();
        assertThat(position(again, "alice")).isEqualTo(7);
        write(again, "alice", 0, 8);
        close(again);
        assertThat(sequences("alice")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void killedAtAnyByteItGoesOnWithNothingTornTwiceOrLeftOut() throws IOException {
        FileSink whole = open();
        write(whole, "alice", 0, 2);
        Path early = directory.resolve("early.cursor");
        close(whole);
        Files.copy(Cursors.beside(path), early);
        FileSink more = open();
        write(more, "bob", 0, 2);
        write(more, "alice", 2, 3);
        close(more);
        byte[] bytes = Files.readAllBytes(path);
        for (int length = 0; length <= bytes.length; length++) {
            // With a cursor from before the last writes, as after a kill; and with none at all.
            for (boolean cursor : new boolean[] {true, false}) {
                Files.write(path, Arrays.copyOf(bytes, length));
                Files.deleteIfExists(Cursors.beside(path));
                if (cursor && length >= cursorBytes(early)) {
                    Files.copy(early, Cursors.beside(path));
                }
                FileSink sink = open();
                write(sink, "alice", orZero(position(sink, "alice")), 4);
                write(sink, "bob", orZero(position(sink, "bob")), 4);
                close(sink);
                assertThat(sequences("alice")).as("cut at %s", length).containsExactly(0, 1, 2, 3);
                assertThat(sequences("bob")).as("cut at %s", length).containsExactly(0, 1, 2, 3);
            }
        }
    }

    @Test
    void zerosLeftByAPowerCutAreCutWithAllBehindThem() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 4);
        close(sink);
        Files.delete(Cursors.beside(path));
        byte[] bytes = Files.readAllBytes(path);
        int third = bytes.length / 2 + 5;
        Arrays.fill(bytes, third, third + 40, (byte) 0);
        Files.write(path, bytes);
        FileSink again = open();
        write(again, "alice", orZero(position(again, "alice")), 4);
        close(again);
        assertThat(sequences("alice")).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aDamagedCursorFileCostsOnlyAFullRead() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 3);
        close(sink);
        byte[] good = Files.readAllBytes(Cursors.beside(path));
        for (int length = 0; length < good.length; length++) {
            Files.write(Cursors.beside(path), Arrays.copyOf(good, length));
            FileSink again = open();
            assertThat(position(again, "alice")).isEqualTo(3);
            close(again);
        }
    }

    /** The cursor file is from before the replay, whose line is all that is read behind it. */
    @Test
    void killedBehindAReplayItsPlaceDoesNotGoBack() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 5);
        write(sink, "alice", 7, 20);
        close(sink);
        byte[] before = Files.readAllBytes(Cursors.beside(path));
        FileSink more = open();
        more.replay(SampleEvents.text("alice", 5, "late")).block(SOON);
        close(more);
        Files.write(Cursors.beside(path), before);
        FileSink again = open();
        assertThat(position(again, "alice")).isEqualTo(20);
        close(again);
    }

    @Test
    void linesOfOthersStay() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 1);
        close(sink);
        Files.delete(Cursors.beside(path));
        Files.writeString(path, "# kept\n" + Files.readString(path) + "not json\n");
        FileSink again = open();
        assertThat(position(again, "alice")).isEqualTo(1);
        close(again);
        assertThat(Files.readAllLines(path)).contains("# kept", "not json");
    }

    @Test
    void manyAccountsShareAForce() {
        AtomicInteger forces = new AtomicInteger();
        Disk slow = new Disk() {
            @Override
            public void force(FileChannel channel) throws IOException {
                forces.incrementAndGet();
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                channel.force(false);
            }
        };
        FileSink sink = new FileSink("test", path, false, slow);
        sink.open().block(SOON);
        Flux.range(0, 200)
                .flatMap(
                        account -> Flux.range(0, 5)
                                .concatMap(i -> sink.write(SampleEvents.batch("a" + account, i, i + 1)))
                                .subscribeOn(Schedulers.parallel()),
                        200)
                .then()
                .block(SOON);
        close(sink);
        assertThat(forces).hasValueLessThan(50);
        for (int account = 0; account < 200; account++) {
            assertThat(sequences("a" + account)).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void aRenamedFileIsFollowedByANewOne() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 2);
        Files.move(path, directory.resolve("events.1"));
        write(sink, "alice", 2, 4);
        close(sink);
        assertThat(sequences("alice")).containsExactly(2, 3);
        assertThat(Files.readAllLines(directory.resolve("events.1"))).hasSize(2);

        Files.move(path, directory.resolve("events.2"));
        FileSink again = open();
        assertThat(position(again, "alice")).as("known though the file is gone").isEqualTo(4);
        write(again, "alice", 0, 5);
        close(again);
        assertThat(sequences("alice")).containsExactly(4);
    }

    @Test
    void aTruncatedFileGoesOnFromItsBeginning() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 2);
        Files.write(path, new byte[0]);
        write(sink, "alice", 2, 3);
        close(sink);
        assertThat(sequences("alice")).containsExactly(2);
        FileSink again = open();
        assertThat(position(again, "alice")).isEqualTo(3);
        close(again);
    }

    @Test
    void aFileHasOneWriter() {
        FileSink sink = open();
        FileSink second = new FileSink("second", path);
        assertThatThrownBy(() -> second.open().block(SOON))
                .isInstanceOf(EngineStateException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("one writer");
        close(second);
        close(sink);
        close(open());
    }

    @Test
    void aFullDiskIsAnOutageThatLeavesNoHalfLine() throws IOException {
        AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
        Disk small = new Disk() {
            @Override
            public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                int fits = Math.min(room.get(), bytes.remaining());
                ByteBuffer part = bytes.slice().limit(fits);
                Disk.super.write(channel, part);
                if (fits < bytes.remaining()) {
                    throw new IOException("No space left on device");
                }
            }
        };
        FileSink sink = new FileSink("test", path, false, small);
        sink.open().block(SOON);
        write(sink, "alice", 0, 1);
        long before = Files.size(path);
        room.set(700);
        assertThatThrownBy(() -> write(sink, "alice", 1, 4))
                .isInstanceOf(SinkUnavailableException.class)
                .hasMessageContaining("No space left");
        assertThat(Files.size(path)).isEqualTo(before);
        assertThat(position(sink, "alice")).isEqualTo(1);
        room.set(Integer.MAX_VALUE);
        write(sink, "alice", 1, 4);
        close(sink);
        assertThat(sequences("alice")).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aFailedForceTakesTheLinesBackAndTheFileIsOpenedAnew() {
        AtomicInteger failures = new AtomicInteger(1);
        List<FileChannel> channels = new CopyOnWriteArrayList<>();
        Disk failing = new Disk() {
            @Override
            public void force(FileChannel channel) throws IOException {
                channels.add(channel);
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("Input/output error");
                }
                channel.force(false);
            }
        };
        FileSink sink = new FileSink("test", path, false, failing);
        sink.open().block(SOON);
        assertThatThrownBy(() -> write(sink, "alice", 0, 2)).isInstanceOf(SinkUnavailableException.class);
        assertThat(sequences("alice")).isEmpty();
        write(sink, "alice", 0, 2);
        close(sink);
        assertThat(sequences("alice")).containsExactly(0, 1);
        assertThat(channels).doesNotHaveDuplicates();
    }

    /** They can be read back from memory, which says nothing about the disk. */
    @Test
    void linesThatCouldNeitherBeForcedNorTakenBackCountOnceTheyAreForced() {
        AtomicInteger failures = new AtomicInteger(2);
        AtomicInteger forced = new AtomicInteger();
        Disk broken = new Disk() {
            @Override
            public void force(FileChannel channel) throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("Input/output error");
                }
                channel.force(false);
                forced.incrementAndGet();
            }

            @Override
            public void truncate(FileChannel channel, long size) throws IOException {
                throw new IOException("Input/output error");
            }
        };
        FileSink sink = new FileSink("test", path, false, broken);
        sink.open().block(SOON);
        assertThatThrownBy(() -> write(sink, "alice", 0, 2)).isInstanceOf(SinkUnavailableException.class);
        assertThat(sequences("alice")).as("what could not be taken back").containsExactly(0, 1);
        assertThatThrownBy(() -> write(sink, "alice", 0, 2)).isInstanceOf(SinkUnavailableException.class);
        assertThat(position(sink, "alice")).isNull();
        write(sink, "alice", 0, 2);
        assertThat(forced).hasValue(1);
        close(sink);
        assertThat(sequences("alice")).containsExactly(0, 1);
    }

    @Test
    void qrCodesAreWrittenOnlyWhereTheyMayBe() throws IOException {
        Lifecycle.QrIssued qr = new Lifecycle.QrIssued(
                SampleEvents.head("alice", -1), Secret.of("https://login.weixin.qq.com/l/canary=="), 1, 5);
        FileSink closed = open();
        closed.observe(qr).block(SOON);
        close(closed);
        assertThat(Files.readString(path)).isEmpty();
        FileSink trusted = new FileSink("test", path, true);
        trusted.open().block(SOON);
        trusted.observe(qr).block(SOON);
        write(trusted, "alice", 0, 1);
        close(trusted);
        assertThat(Files.readAllLines(path)).hasSize(2).first().asString().contains("canary==");
    }

    @Test
    void afterCloseItSaysSo() {
        FileSink sink = open();
        close(sink);
        assertThatThrownBy(() -> write(sink, "alice", 0, 1)).isInstanceOf(EngineStateException.class);
    }

    /** The events are not at fault: they must wait, not go to the dead letters. */
    @Test
    void aNewFileThatSomebodyElseHoldsIsAnOutage() throws IOException {
        FileSink sink = open();
        write(sink, "alice", 0, 1);
        Files.move(path, directory.resolve("rotated"));
        FileSink other = open();
        assertThatThrownBy(() -> write(sink, "alice", 1, 2)).isInstanceOf(SinkUnavailableException.class);
        close(other);
        write(sink, "alice", 1, 2);
        close(sink);
        assertThat(sequences("alice")).containsExactly(1);
    }

    @Test
    void callersAreNotBlocked() {
        FileSink sink = open();
        Mono.defer(() -> sink.write(SampleEvents.batch("alice", 0, 100)))
                .subscribeOn(Schedulers.parallel())
                .block(SOON);
        close(sink);
        assertThat(sequences("alice")).hasSize(100);
    }

    private FileSink open() {
        FileSink sink = new FileSink("test", path);
        sink.open().block(SOON);
        return sink;
    }

    private static void write(FileSink sink, String account, long from, long to) {
        if (from < to) {
            sink.write(SampleEvents.batch(account, from, to)).block(SOON);
        }
    }

    private static void close(FileSink sink) {
        sink.close().block(SOON);
    }

    private static @Nullable Long position(FileSink sink, String account) {
        return sink.position(AccountId.of(account)).block(SOON);
    }

    private static long orZero(@Nullable Long position) {
        return position == null ? 0 : position;
    }

    private static long cursorBytes(Path cursor) throws IOException {
        return JSON.readTree(Files.readAllBytes(cursor)).path("bytes").asLong();
    }

    private int[] sequences(String account) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            assertThat(bytes.length == 0 || bytes[bytes.length - 1] == '\n')
                    .as("ends a line")
                    .isTrue();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .filter(line -> line.path("source").asString().equals("/accounts/" + account))
                    .mapToInt(line -> Integer.parseInt(line.path("sequence").asString()))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
