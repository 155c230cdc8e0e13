package io.wxflux.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.wxflux.error.CorruptStoreException;
import io.wxflux.journal.SimulatedDisk.Loss;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Files that changed behind the journal's back: refused by name, or only what was never acknowledged is missing. */
class JournalDamageTests {
    private static final Logger RECOVERY = (Logger) LoggerFactory.getLogger(Recovery.class);

    private int flips;
    private int refused;
    private int inSeveralFiles;

    @BeforeAll
    static void thousandsOfTornTailsAreNoNews() {
        RECOVERY.setLevel(Level.ERROR);
    }

    @AfterAll
    static void elsewhereTheyAre() {
        RECOVERY.setLevel(null);
    }

    @Test
    void everyFlippedBitIsDetectedAfterAKill() throws IOException {
        flipEveryBit(workload(3, 9, 700, false));
    }

    @Test
    void everyFlippedBitIsDetectedAfterAClose() throws IOException {
        flipEveryBit(workload(4, 9, 700, true));
    }

    @Test
    void everyFlippedBitIsDetectedInRecordsThatMoved() throws IOException {
        var workload = run(new JournalWorkload(9, 500), 20, false);
        assertThat(kinds(workload.disk)).contains(Frame.PLACES, Frame.DOCUMENTS, Frame.RECORDS);
        flipEveryBit(workload);
    }

    @Test
    void everyFlippedBitIsDetectedInDocumentsThatMoved() throws IOException {
        var workload = run(new JournalWorkload(14, 1_000, true), 60, false);
        assertThat(kinds(workload.disk)).contains(Frame.GROUP_WITH_DOCUMENTS, Frame.PLACES, Frame.DOCUMENTS);
        flipEveryBit(workload);
    }

    private static Set<Integer> kinds(SimulatedDisk disk) throws IOException {
        var kinds = new HashSet<Integer>();
        for (Map.Entry<String, byte[]> file : disk.files().entrySet()) {
            var header = ByteBuffer.wrap(file.getValue());
            var frames = new FrameReader(
                    disk.open(file.getKey()),
                    header.getLong(Frame.FILE_SALT),
                    header.getInt(Frame.FILE_CRC),
                    header.capacity());
            while (frames.advance()) {
                kinds.add(frames.kind());
            }
        }
        return kinds;
    }

    @Test
    @Tag("proof")
    void everyFlippedBitIsDetectedInManyJournals() throws IOException {
        for (long seed = 20; seed < 50; seed++) {
            flipEveryBit(run(new JournalWorkload(seed, 1_500, seed % 4 < 2), 30, seed % 2 == 0));
        }
        assertThat(inSeveralFiles).isGreaterThan(15);
    }

    private void flipEveryBit(JournalWorkload workload) throws IOException {
        Map<String, byte[]> files = workload.disk.files();
        inSeveralFiles += files.size() > 1 ? 1 : 0;
        Set<String> allowed = workload.allowedAfter(workload.disk.operations());
        files.forEach((name, content) -> {
            for (int bit = 0; bit < content.length * 8; bit++) {
                flips++;
                content[bit / 8] ^= (byte) (1 << bit % 8);
                expectRefusalOr(allowed, workload, files, name, name + ", bit " + bit);
                content[bit / 8] ^= (byte) (1 << bit % 8);
            }
        });
        System.out.println("journal: " + flips + " bits flipped one at a time, " + refused + " refused by name, "
                + (flips - refused) + " in a tail that acknowledges nothing; "
                + workload.moved + " documents had moved");
        assertThat(refused).isGreaterThan(flips * 9 / 10);
    }

    @Test
    void whereverAFileEndsTooSoonNothingWrongIsRead() throws IOException {
        JournalWorkload workload = workload(5, 20, 900, false);
        Map<String, byte[]> files = workload.disk.files();
        String newest = files.keySet().stream().max(String::compareTo).orElseThrow();
        var any = Set.copyOf(workload.states);
        for (String name : files.keySet()) {
            byte[] whole = contents(files, name);
            for (int length = 0; length < whole.length; length++) {
                files.put(name, Arrays.copyOf(whole, length));
                // Of the newest file alone nobody else knows the length: an earlier state may be found, never a wrong
                // one.
                expectRefusalOr(
                        name.equals(newest) ? any : Set.of(), workload, files, name, name + " cut at " + length);
            }
            files.put(name, whole);
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        JournalWorkload workload = workload(6, 40, 900, true);
        Map<String, byte[]> files = workload.disk.files();
        String oldest = files.keySet().stream().min(String::compareTo).orElseThrow();
        files.remove(oldest);
        assertThatThrownBy(() -> workload.open(SimulatedDisk.of(files)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(oldest)
                .hasMessageContaining("missing");
    }

    @Test
    void aNewerVersionIsRefusedByName() throws IOException {
        JournalWorkload workload = workload(7, 10, 4_000, true);
        Map<String, byte[]> files = workload.disk.files();
        String newest = files.keySet().stream().max(String::compareTo).orElseThrow();
        var header = ByteBuffer.wrap(contents(files, newest));
        header.putInt(Frame.FILE_VERSION, Frame.VERSION + 1);
        header.putInt(Frame.FILE_CRC, Frame.fileCrc(header, 0, new CRC32C()));
        var disk = SimulatedDisk.of(files);
        int before = disk.operations();
        assertThatThrownBy(() -> workload.open(disk))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(newest)
                .hasMessageContaining("version " + (Frame.VERSION + 1));
        assertThat(disk.operations()).as("changes to the disk").isEqualTo(before);
    }

    @Test
    void aRefusalChangesNothing() throws IOException {
        JournalWorkload workload = workload(8, 30, 900, false);
        Map<String, byte[]> files = workload.disk.files();
        String oldest = files.keySet().stream().min(String::compareTo).orElseThrow();
        contents(files, oldest)[100] ^= 1;
        var disk = SimulatedDisk.of(files);
        int before = disk.operations();
        assertThatThrownBy(() -> workload.open(disk)).isInstanceOf(CorruptStoreException.class);
        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void aTornTailIsCutAndSaidSo() throws IOException {
        JournalWorkload workload = workload(12, 10, 4_000, false);
        Map<String, byte[]> files = workload.disk.files();
        String newest = files.keySet().stream().max(String::compareTo).orElseThrow();
        byte[] whole = contents(files, newest);
        var random = new Random(1);
        for (int extra : new int[] {1, 35, 36, 37, 5_000}) {
            var noise = new byte[extra];
            random.nextBytes(noise);
            byte[] longer = Arrays.copyOf(whole, whole.length + extra);
            System.arraycopy(noise, 0, longer, whole.length, extra);
            files.put(newest, longer);
            var disk = SimulatedDisk.of(files);
            Journal journal = workload.open(disk);
            assertThat(JournalWorkload.describe(journal)).isEqualTo(workload.states.get(workload.states.size() - 1));
            byte[] cut = contents(disk.files(), newest);
            assertThat(cut).isEqualTo(Arrays.copyOf(whole, Math.min(whole.length, cut.length)));
        }
    }

    /** A message must not be able to play a frame, or to make damage look like one. */
    @Test
    void aMessageThatHoldsAFrameIsAMessage() throws IOException {
        var disk = new SimulatedDisk();
        var workload = new JournalWorkload(1, 10_000);
        Journal journal = workload.open(disk);
        commit(journal, 0, new byte[] {1, 2, 3});
        byte[] log = contents(disk.files(), "journal-0000000001.wxj");
        commit(journal, 1, log);
        commit(journal, 2, new byte[] {4});
        journal.closeFiles();
        Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(1)));
        assertThat(again.read(ShardContract.ANNA, 0, Integer.MAX_VALUE))
                .extracting(record -> record.payload().length)
                .containsExactly(3, log.length, 1);
    }

    /** Whoever writes the messages may know where they will stand, but not the salt. */
    @Test
    void aMessageThatPlaysAProofOfDamageProvesNothing() throws IOException {
        var disk = new SimulatedDisk();
        var workload = new JournalWorkload(1, 100_000);
        Journal journal = workload.open(disk);
        commit(journal, 0, new byte[1]);
        journal.settle();
        int start = contents(disk.files(), Segment.name(1)).length;
        var record = ByteBuffer.allocate(4_000);
        for (int at = 200; at + Frame.HEADER < record.capacity(); at += Frame.HEADER) {
            record.putLong(at + Frame.POSITION, place(start) + at);
            record.putLong(at + Frame.DURABLE, 1_000_000);
            record.putInt(at + Frame.HEADER_CRC, Frame.headerCrc(record, at, 0, new CRC32C()));
        }
        commit(journal, 1, record.array());
        byte[] torn = contents(disk.files(), Segment.name(1));
        assertThat(ByteBuffer.wrap(torn).getLong((int) place(start) + 200 + Frame.POSITION))
                .isEqualTo(place(start) + 200);
        torn[start + 40] ^= 1;
        Journal again = workload.open(SimulatedDisk.of(Map.of(Segment.name(1), torn)));
        assertThat(again.read(ShardContract.ANNA, 0, 100_000)).hasSize(1);
    }

    /** Of the first byte of a record in a group that begins at {@code start}, committed as {@link #commit} does. */
    private static long place(int start) {
        return start + Frame.HEADER + 1 + 5 + 1 + 1 + 1 + 1 + 1 + 2;
    }

    private static byte[] contents(Map<String, byte[]> files, String name) {
        byte[] contents = files.get(name);
        if (contents == null) {
            throw new AssertionError(name + " is not there");
        }
        return contents;
    }

    private static void commit(Journal journal, long offset, byte[] record) {
        var entry = new Journal.Entry(CommitGroup.of(
                new AccountCommit(ShardContract.ANNA, new byte[0], null, List.of(), offset, List.of(record))));
        journal.commit(List.of(entry));
        assertThat(entry.failure()).isNull();
    }

    private void expectRefusalOr(
            Set<String> allowed, JournalWorkload workload, Map<String, byte[]> files, String name, String what) {
        try {
            Journal journal = workload.open(SimulatedDisk.of(new TreeMap<>(files)));
            String state = JournalWorkload.describe(journal);
            if (!allowed.contains(state)) {
                fail(what + " was read as group " + workload.states.indexOf(state));
            }
        } catch (CorruptStoreException e) {
            refused++;
            assertThat(e).hasMessageContaining(name).hasMessageContaining("backup");
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    private static JournalWorkload workload(long seed, int groups, int segmentBytes, boolean closed)
            throws IOException {
        return run(new JournalWorkload(seed, segmentBytes), groups, closed);
    }

    private static JournalWorkload run(JournalWorkload workload, int groups, boolean closed) throws IOException {
        Journal journal = workload.run(groups, false);
        journal.settle();
        if (closed) {
            journal.finish();
        }
        journal.closeFiles();
        return workload;
    }
}
