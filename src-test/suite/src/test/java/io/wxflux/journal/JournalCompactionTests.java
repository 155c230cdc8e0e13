package io.wxflux.journal;

import static io.wxflux.testkit.DocumentContract.documents;
import static io.wxflux.testkit.ShardContract.ANNA;
import static io.wxflux.testkit.ShardContract.BORIS;
import static io.wxflux.testkit.ShardContract.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.AccountId;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.CommitGroup.Retention;
import io.wxflux.shard.Document;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However often documents change and sinks lag, the disk they take and the bytes written stay in proportion. */
class JournalCompactionTests {
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path directory;

    private final Random random = new Random(5);
    private final Map<String, byte[]> expected = new HashMap<>();
    private CountingFiles files = new CountingFiles(Path.of("."));
    private @Nullable Journal opened;
    /** What was handed over. */
    private long appended;

    private long most;

    @BeforeEach
    void open() throws IOException {
        files = new CountingFiles(directory);
        reopen();
    }

    @AfterEach
    void close() {
        journal().closeFiles();
    }

    private Journal journal() {
        return Objects.requireNonNull(opened);
    }

    private void reopen() throws IOException {
        opened = Journal.open(files, SEGMENT, random::nextLong, JournalCompactionTests::close);
    }

    @Test
    void aDocumentWrittenForEverTakesBoundedDisk() throws IOException {
        for (int i = 0; i < 4_000; i++) {
            put(ANNA, "same", 3_000);
        }
        assertThat(appended).isGreaterThan(100 * SEGMENT);
        assertThat(most).isLessThan(4 * SEGMENT);
        check();
    }

    /** One cold document in each segment among hot ones: each alone would keep its file for ever. */
    @Test
    void oldDocumentsKeepNoFilesForEver() throws IOException {
        for (int i = 0; i < 6_000; i++) {
            put(ANNA, "hot/" + i % 5, 2_000);
            if (i % 20 == 0) {
                put(account(i / 20 % 7), "cold/" + i, 150);
            }
        }
        report("one cold document in each segment");
        assertThat(appended).isGreaterThan(150 * SEGMENT);
        assertThat(journal().moved()).isGreaterThan(300);
        assertThat(most).isLessThan(4 * live() + 4 * SEGMENT);
        assertThat(files.written).isLessThan(2 * appended + 2 * SEGMENT);
        assertThat(segments()).isLessThan(8);
        check();
    }

    /** Much more than fits in a segment, changed at random: hardly a segment is ever nearly empty by itself. */
    @Test
    void whatChangesAtRandomTakesAFewTimesItsSizeAtMost() throws IOException {
        for (int i = 0; i < 12_000; i++) {
            int which = (int) (Math.pow(random.nextDouble(), 3) * 800);
            if (random.nextInt(30) == 0) {
                remove(account(which % 9), "key/" + which);
            } else {
                put(account(which % 9), "key/" + which, 200 + random.nextInt(2_000));
            }
        }
        report("800 documents changed at random, some often");
        assertThat(most).isLessThan(4 * live() + 4 * SEGMENT);
        assertThat(files.written).isLessThan(2 * appended + 2 * SEGMENT);
        check();
    }

    @Test
    void manyRestartsLeaveFewFiles() throws IOException {
        for (int i = 0; i < 100; i++) {
            put(ANNA, "start/" + i, 300);
            journal().finish();
            journal().closeFiles();
            reopen();
        }
        assertThat(segments()).isLessThan(12);
        check();
    }

    /** One account's sink lags, all others keep up: its records alone would keep every file. */
    @Test
    void theRecordsOfOneSinkThatLagsKeepNoFilesForEver() throws IOException {
        for (int i = 0; i < 6_000; i++) {
            commit(ShardContract.records(ANNA, i, "x".repeat(1_000)));
            commit(new CommitGroup(List.of(), List.of(), List.of(new Retention(ANNA, i + 1))));
            appended += 1_000;
            if (i % 20 == 0) {
                commit(ShardContract.records(BORIS, i / 20, "lagging " + i / 20));
            }
        }
        assertThat(appended).isGreaterThan(90 * SEGMENT);
        assertThat(most).isLessThan(4 * SEGMENT);
        assertThat(journal().moved()).isGreaterThan(250);
        assertThat(files.written).isLessThan(2 * appended + 2 * SEGMENT);
        checkLagging(0, 300);

        commit(new CommitGroup(List.of(), List.of(), List.of(new Retention(BORIS, 200))));
        for (int i = 0; i < 3; i++) {
            fillASegment();
        }
        checkLagging(200, 300);
        assertThat(journal().heldBytes(BORIS)).isEqualTo(100 * "lagging 200".length());
        assertThat(journal().heldBytes(ANNA)).isZero();
        assertThat(journal().heldBytes()).isEqualTo(journal().heldBytes(BORIS));
    }

    private void checkLagging(int first, int end) throws IOException {
        for (int round = 0; round < 2; round++) {
            var read = journal().read(BORIS, 0, 1 << 20);
            assertThat(read).hasSize(end - first);
            for (int i = first; i < end; i++) {
                assertThat(read.get(i - first).offset()).isEqualTo(i);
                assertThat(read.get(i - first).payload()).asString().isEqualTo("lagging " + i);
            }
            journal().finish();
            journal().closeFiles();
            reopen();
        }
    }

    /** Many segments may become sparse at once, when a sink that was behind has caught up. */
    @Test
    void noBeginOfASegmentMovesMoreThanOne() throws IOException {
        int held = 12;
        for (int i = 0; i < held; i++) {
            commit(ShardContract.records(BORIS, i, "x".repeat(SEGMENT / 6)));
            put(ANNA, "cold/" + i, SEGMENT / 6);
            fillASegment();
        }
        assertThat(segments()).isGreaterThan(held);
        long before = journal().moved();
        commit(new CommitGroup(List.of(), List.of(), List.of(new Retention(BORIS, held))));
        for (int i = 0; i < 2 * held; i++) {
            assertThat(fillASegment()).isLessThan(SEGMENT);
        }
        assertThat(journal().moved()).isGreaterThan(before + held / 2);
        assertThat(segments()).isLessThan(held - 2);
        check();
    }

    /** The most that one commit wrote beside what it was given. */
    private long fillASegment() {
        long mostBeside = 0;
        for (int k = 0; k < 20; k++) {
            long beside = files.written - appended;
            put(BORIS, "filler", SEGMENT / 20);
            mostBeside = Math.max(mostBeside, files.written - appended - beside);
        }
        return mostBeside;
    }

    private void put(AccountId account, String key, int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        expected.put(account.value() + ":" + key, value);
        appended += bytes;
        commit(documents(account, 0, new Document(key, value)));
    }

    private void remove(AccountId account, String key) {
        expected.remove(account.value() + ":" + key);
        commit(documents(account, 0, Document.removed(key)));
    }

    private void commit(CommitGroup group) {
        var entry = new Journal.Entry(group);
        journal().commit(List.of(entry));
        assertThat(entry.failure()).isNull();
        most = Math.max(most, files.used());
    }

    private long live() {
        return expected.values().stream().mapToLong(value -> value.length + 80).sum();
    }

    private long segments() throws IOException {
        return files.names().stream().filter(name -> Segment.number(name) >= 0).count();
    }

    private void check() throws IOException {
        checkNow();
        journal().finish();
        journal().closeFiles();
        reopen();
        checkNow();
    }

    private void checkNow() {
        var found = new HashMap<String, byte[]>();
        journal()
                .stored()
                .forEach(stored -> journal()
                        .documentKeys(stored.account(), "")
                        .forEach(key -> found.put(
                                stored.account().value() + ":" + key, journal().document(stored.account(), key))));
        assertThat(found).containsOnlyKeys(expected.keySet());
        found.forEach((key, value) -> assertThat(value).as(key).isEqualTo(expected.get(key)));
    }

    private void report(String what) throws IOException {
        System.out.printf(
                "journal, %s: %d bytes handed over, %.3f times that written; at most %d on disk for %d now needed;"
                        + " %d documents moved%n",
                what,
                appended,
                (double) files.written / appended,
                most,
                live(),
                journal().moved());
    }

    private static void close(LogFiles.LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real files, without the forces, that count what is written. */
    private static final class CountingFiles implements LogFiles {
        private final DiskFiles disk;
        private final Path directory;
        long written;

        CountingFiles(Path directory) {
            this.directory = directory;
            this.disk = new DiskFiles(directory);
        }

        long used() {
            try (Stream<Path> all = Files.list(directory)) {
                return all.mapToLong(path -> path.toFile().length()).sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> names() throws IOException {
            return disk.names();
        }

        @Override
        public LogFile create(String name) throws IOException {
            return new CountingFile(disk.create(name));
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new CountingFile(disk.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public void force() {}

        @Override
        public String describe(String name) {
            return disk.describe(name);
        }

        private final class CountingFile implements LogFile {
            private final LogFile file;

            CountingFile(LogFile file) {
                this.file = file;
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void write(ByteBuffer bytes, long position) throws IOException {
                written += bytes.remaining();
                file.write(bytes, position);
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return file.read(into, position);
            }

            @Override
            public void truncate(long size) throws IOException {
                file.truncate(size);
            }

            @Override
            public void force() {}

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
