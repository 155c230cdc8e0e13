package io.wxflux.journal;

import static io.wxflux.testkit.DocumentContract.document;
import static io.wxflux.testkit.DocumentContract.documents;
import static io.wxflux.testkit.ShardContract.ANNA;
import static io.wxflux.testkit.ShardContract.BORIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.journal.SimulatedDisk.Loss;
import io.wxflux.model.AccountId;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Document;
import io.wxflux.testkit.ShardContract;
import io.wxflux.testkit.ShardContract.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents in the journal, where its disk is damaged, full, or of an older version. */
class JournalDocumentTests {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final JournalWorkload workload = new JournalWorkload(1, 4_000);

    @Test
    void aCommitOfDocumentsAloneIsForced() throws IOException {
        Journal journal = workload.open(disk);
        int forces = disk.forces;
        assertThat(commit(journal, documents(ANNA, 0, document("a", "1")))).isNull();
        assertThat(commit(journal, documents(ANNA, 0, Document.removed("a"), document("b", "1"))))
                .isNull();
        assertThat(disk.forces).isEqualTo(forces + 2);
        Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(1)));
        assertThat(again.documentKeys(ANNA, "")).containsExactly("b");
    }

    @Test
    void aValueThatChangedOnTheDiskIsRefusedWhenItIsRead() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("a/key", "the first value"), document("b", "2"))))
                .isNull();
        byte[] file = contents("journal-0000000001.wxj");
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("first");
        file[at] ^= 1;
        assertThatThrownBy(() -> journal.document(ANNA, "a/key"))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("/state/journal-0000000001.wxj is damaged at offset " + (at - 4))
                .hasMessageContaining("a/key")
                .hasMessageContaining("anna")
                .hasMessageContaining("backup")
                .hasMessageNotContaining("value");
        assertThat(text(journal, ANNA, "b")).isEqualTo("2");
        file[at] ^= 1;
        assertThat(text(journal, ANNA, "a/key")).isEqualTo("the first value");
    }

    /** It is refused to whoever asks for it, and by the next open; everything else goes on. */
    @Test
    void aDamagedDocumentIsNotMovedAndItsFileStays() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("cold", "the first value"))))
                .isNull();
        byte[] file = contents("journal-0000000001.wxj");
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf("first")] ^= 1;
        fill(journal, 6);
        assertThat(disk.files()).containsKey("journal-0000000001.wxj");
        assertThat(journal.moved()).isZero();
        assertThatThrownBy(() -> journal.document(ANNA, "cold")).isInstanceOf(CorruptStoreException.class);
        assertThatThrownBy(() -> workload.open(disk))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("journal-0000000001.wxj");
    }

    @Test
    void afterAFullDiskTheOldValueStandsAndTheSameGroupIsTakenAgain() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("a", "old"), document("b", "old"))))
                .isNull();
        var group = documents(ANNA, 0, document("a", "new"), Document.removed("b"), document("c", "new"));
        for (int room = 0; room < 70; room += 7) {
            disk.room = room;
            assertThat(commit(journal, group)).isInstanceOf(StoreUnavailableException.class);
            assertThat(text(journal, ANNA, "a")).isEqualTo("old");
            assertThat(journal.documentKeys(ANNA, "")).containsExactly("a", "b");
        }
        disk.room = Long.MAX_VALUE;
        assertThat(commit(journal, group)).isNull();
        assertThat(text(journal, ANNA, "a")).isEqualTo("new");
        assertThat(journal.documentKeys(ANNA, "")).containsExactly("a", "c");
    }

    @Test
    void aMoveThatFailsWithTheDiskFullIsTriedAgain() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("cold", "c".repeat(300)))))
                .isNull();
        fill(journal, 2);
        for (int room : new int[] {0, 30, 200, 400}) {
            disk.room = room;
            assertThat(commit(journal, documents(BORIS, 0, document("x", "1"))))
                    .as("room for %d bytes", room)
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(disk.files()).containsOnlyKeys("journal-0000000001.wxj", "journal-0000000002.wxj");
            assertThat(text(journal, ANNA, "cold")).isEqualTo("c".repeat(300));
        }
        disk.room = Long.MAX_VALUE;
        assertThat(commit(journal, documents(BORIS, 0, document("hot", "1")))).isNull();
        assertThat(disk.files()).containsOnlyKeys("journal-0000000002.wxj", "journal-0000000003.wxj");
        assertThat(text(journal, ANNA, "cold")).isEqualTo("c".repeat(300));
        assertThat(text(workload.open(disk), ANNA, "cold")).isEqualTo("c".repeat(300));
    }

    /** Of the new file nobody knows whether it is there: the old one must be. */
    @Test
    void aMoveOfUnknownOutcomeTakesNothingAway() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("cold", "value"))))
                .isNull();
        fill(journal, 2);
        disk.namesFail = true;
        assertThat(commit(journal, documents(BORIS, 0, document("x", "1"))))
                .isInstanceOf(UnknownOutcomeException.class);
        disk.namesFail = false;
        assertThat(disk.files()).containsKeys("journal-0000000001.wxj", Segment.unfinishedName(3));
        assertThat(text(journal, ANNA, "cold")).isEqualTo("value");
        assertThat(text(workload.open(disk), ANNA, "cold")).isEqualTo("value");
    }

    /** The removal is in a segment that nothing needs, the value in one that a record keeps. */
    @Test
    void aRemovedDocumentDoesNotComeBackFromASegmentThatIsStillThere() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, ShardContract.records(BORIS, 0, "keeps the first segment ".repeat(100))))
                .isNull();
        assertThat(commit(journal, documents(ANNA, 0, document("a", "1"), document("b", "1"))))
                .isNull();
        fill(journal, 1);
        assertThat(commit(journal, documents(ANNA, 0, Document.removed("a"), document("b", "2"))))
                .isNull();
        fill(journal, 8);
        assertThat(disk.files()).containsKey("journal-0000000001.wxj").doesNotContainKey("journal-0000000002.wxj");
        for (Journal now : List.of(journal, workload.open(disk))) {
            assertThat(now.documentKeys(ANNA, "")).containsExactly("b");
            assertThat(text(now, ANNA, "b")).isEqualTo("2");
        }
    }

    /** Every checksum is right, and yet a snapshot points to where no document is: only a fault of the writer does so. */
    @Test
    void aDocumentThatIsNotWhereTheSnapshotSaysIsRefused() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, documents(ANNA, 0, document("a", "1"), document("b", "2"))))
                .isNull();
        journal.finish();
        var ledgers = new Ledgers();
        Segment first =
                Objects.requireNonNull(Recovery.of(disk, ledgers, KeyRing.NONE).newest());
        DocumentPlace place = Objects.requireNonNull(ledgers.document(ANNA, "a"));
        int length = contents(first.name).length;
        SimulatedDisk right = SimulatedDisk.of(disk.files());
        long salt = first.salt << 1 ^ first.salt >> 63;
        writeSegment(right, 2, List.of(1L, (long) length, salt), ledgers);
        assertThat(text(workload.open(right), ANNA, "a")).isEqualTo("1");

        ledgers.of(ANNA)
                .documents
                .put(new DocumentPlace(place.key(), first, place.position() + 1, place.length(), place.crc()));
        SimulatedDisk wrong = SimulatedDisk.of(disk.files());
        writeSegment(wrong, 2, List.of(1L, (long) length, salt), ledgers);
        assertThatThrownBy(() -> workload.open(wrong))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("journal-0000000002.wxj is damaged")
                .hasMessageContaining("1 documents of anna are not where it says they are");
    }

    private static void writeSegment(SimulatedDisk on, long number, List<Long> earlier, Ledgers ledgers)
            throws IOException {
        var codec = new GroupCodec(ledgers);
        var frames = new FrameBuffer();
        var next = new Segment(number, on.create(Segment.name(number)), 17);
        frames.start(next.salt, 0, 0, 0);
        frames.putFileHeader(number, 1);
        frames.begin();
        frames.putUnsigned(earlier.size() / 3);
        earlier.forEach(frames::putUnsigned);
        frames.end(Frame.SNAPSHOT);
        for (Ledger ledger : ledgers.all()) {
            codec.encodeSnapshot(ledger, frames);
            codec.documents()
                    .encodeSnapshot(ledger, Compaction.plan(List.of(), ledgers, 4_000, segment -> false), frames, next);
        }
        frames.begin();
        frames.putUnsigned(ledgers.all().size());
        frames.end(Frame.SNAPSHOT_END);
        frames.writeTo(next.file);
    }

    /** What version 1 wrote before it was killed: three segments, and groups behind the last place known to be forced. */
    @Test
    void whatVersion1WroteIsRead() throws IOException {
        var files = new HashMap<String, byte[]>();
        for (int i = 1; i <= 3; i++) {
            byte[] content = resource(Segment.name(i));
            assertThat(ByteBuffer.wrap(content).getInt(Frame.FILE_VERSION)).isOne();
            files.put(Segment.name(i), content);
        }
        var old = SimulatedDisk.of(files);
        assertThat(Recovery.of(old, new Ledgers(), KeyRing.NONE).unproven()).hasSizeGreaterThan(1);
        String state = new String(resource("state.txt"), StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            Journal journal = workload.open(old);
            assertThat(JournalWorkload.describe(journal)).isEqualTo(state);
            journal.closeFiles();
        }
        Journal journal = workload.open(old);
        assertThat(commit(journal, documents(ANNA, 0, document("a", "1")))).isNull();
        assertThat(JournalWorkload.describe(workload.open(old)))
                .startsWith(state)
                .contains("a=1:");
    }

    /** A huge address book is one commit: it is in memory already, so it is taken when nothing else waits. */
    @Test
    void oneGroupMayBeLargerThanTheQueue(@TempDir Path directory) {
        var options = JournalOptions.in(directory).withQueuedBytes(64 << 10);
        var huge = new byte[3 << 20];
        new Random(1).nextBytes(huge);
        try (var opened = new Opened(FileJournal.open(options))) {
            opened.commit(documents(ANNA, 0, new Document("a", huge)));
        }
        try (var opened = new Opened(FileJournal.open(options))) {
            assertThat(opened.shard.document(ANNA, "a").block(Duration.ofSeconds(30)))
                    .isEqualTo(huge);
        }
    }

    /** Begins so many segments. */
    private static void fill(Journal journal, int segments) {
        for (int i = 0; i < segments; i++) {
            assertThat(commit(journal, documents(BORIS, 0, new Document("hot", new byte[4_200]))))
                    .isNull();
        }
    }

    private static @Nullable RuntimeException commit(Journal journal, CommitGroup group) {
        var entry = new Journal.Entry(group);
        journal.commit(List.of(entry));
        return entry.failure();
    }

    private static @Nullable String text(Journal journal, AccountId account, String key) {
        byte[] value = journal.document(account, key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private byte[] contents(String name) {
        Map<String, byte[]> files = disk.files();
        byte[] content = files.get(name);
        if (content == null) {
            throw new AssertionError(name + " is not there");
        }
        return content;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = JournalDocumentTests.class.getResourceAsStream("/journal-version-1/" + name)) {
            if (in == null) {
                throw new AssertionError(name + " is not there");
            }
            return in.readAllBytes();
        }
    }
}
