package io.wxflux.journal;

import static io.wxflux.testkit.ShardContract.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wxflux.error.ConfigurationException;
import io.wxflux.error.CorruptStoreException;
import io.wxflux.options.Secret;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.Document;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A journal with a key: nothing of it can be read without, and nothing in it be exchanged or changed unseen. */
class JournalEncryptionTests {
    private static final String CANARY = "canary-4711";

    private final SimulatedDisk disk = new SimulatedDisk();

    static JournalKey key(int which) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) which);
        return JournalKey.of(Secret.of(Base64.getEncoder().encodeToString(bytes)));
    }

    static KeyRing ring(int which) {
        return new KeyRing(key(which), null);
    }

    private static Journal open(LogFiles on, KeyRing keys) throws IOException {
        return Journal.open(on, 2_000, new Random(7)::nextLong, keys, file -> {});
    }

    /** Sessions, records, documents and their keys, sinks, accounts: everything that is kept. */
    private static void write(Journal journal) {
        for (int i = 0; i < 30; i++) {
            var group = new CommitGroup(
                    List.of(new AccountCommit(
                            ANNA,
                            (CANARY + " session").getBytes(StandardCharsets.UTF_8),
                            ShardContract.position(i),
                            List.of(ShardContract.seen(i)),
                            i,
                            List.of((CANARY + " message " + i).getBytes(StandardCharsets.UTF_8)),
                            List.of(new Document(
                                    "contacts/" + CANARY + i % 3,
                                    (CANARY + " document " + i).getBytes(StandardCharsets.UTF_8))))),
                    List.of(new CommitGroup.Cursor("sink-" + CANARY, ANNA, i)),
                    List.of());
            var entry = new Journal.Entry(group);
            journal.commit(List.of(entry));
            assertThat(entry.failure()).isNull();
        }
        journal.settle();
    }

    private static boolean shows(Map<String, byte[]> files, String text) {
        return files.values().stream()
                .anyMatch(content -> new String(content, StandardCharsets.ISO_8859_1).contains(text));
    }

    private static String described(SimulatedDisk on, KeyRing keys) throws IOException {
        return JournalWorkload.describe(open(SimulatedDisk.of(on.files()), keys));
    }

    @Test
    void theLogTellsWhichKeyThereIsAndWhenItWasTurnedOnOrChanged() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(SegmentLog.class);
        Level level = logger.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            write(open(disk, KeyRing.NONE));
            assertThat(log.list).isEmpty();
            open(SimulatedDisk.of(disk.files()), KeyRing.NONE);
            assertThat(log.list).isEmpty();
            var second = SimulatedDisk.of(disk.files());
            write(open(second, ring(1)));
            var third = SimulatedDisk.of(second.files());
            write(open(third, ring(1)));
            open(SimulatedDisk.of(third.files()), new KeyRing(key(2), key(1)));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(level);
        }
        String one = key(1).id();
        assertThat(log.list)
                .filteredOn(line -> line.getLevel() == Level.INFO)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the journal was plain and is encrypted with the key " + one + " now, all of it",
                        "the journal is encrypted with the key " + one,
                        "the key of the journal was changed: " + key(2).id() + " opens it now, " + one
                                + " is needed no more");
    }

    @Test
    void withAKeyNothingOfWhatIsKeptCanBeReadInTheFilesAndWithoutOneEverythingCan() throws IOException {
        write(open(disk, ring(1)));
        assertThat(disk.files()).hasSizeGreaterThan(1);
        assertThat(shows(disk.files(), CANARY)).isFalse();
        assertThat(shows(disk.files(), ANNA.value())).isFalse();

        var plain = new SimulatedDisk();
        write(open(plain, KeyRing.NONE));
        assertThat(shows(plain.files(), CANARY + " session")).isTrue();
        assertThat(shows(plain.files(), CANARY + " message")).isTrue();
        assertThat(shows(plain.files(), CANARY + " document")).isTrue();
        assertThat(described(disk, ring(1))).isEqualTo(described(plain, KeyRing.NONE));
    }

    @Test
    void aMissingKeyAndAWrongOneAreRefusedByTheNameOfTheFileAndNothingIsChanged() throws IOException {
        write(open(disk, ring(1)));
        String newest = disk.files().lastKey();
        for (KeyRing keys : List.of(KeyRing.NONE, ring(2), new KeyRing(key(2), key(3)))) {
            var found = SimulatedDisk.of(disk.files());
            int before = found.operations();
            assertThatThrownBy(() -> open(found, keys))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(newest + " is encrypted with the key " + key(1).id())
                    .hasMessageContaining(keys == KeyRing.NONE ? "no key is given" : "key given is " + key(2).id())
                    .hasMessageContaining("encryption.key");
            assertThat(found.operations()).isEqualTo(before);
        }
    }

    @Test
    void aJournalThatWasPlainIsWrittenAnewWhenItGetsAKey() throws IOException {
        write(open(disk, KeyRing.NONE));
        String before = described(disk, KeyRing.NONE);
        Journal now = open(disk, ring(1));
        assertThat(shows(disk.files(), CANARY)).isFalse();
        assertThat(JournalWorkload.describe(now)).isEqualTo(before);
        assertThat(described(disk, ring(1))).isEqualTo(before);
        assertThatThrownBy(() -> described(disk, KeyRing.NONE)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aKeyIsChangedByOneOpenWithBothAndTheOldOneIsNeededNoMore() throws IOException {
        write(open(disk, ring(1)));
        String before = described(disk, ring(1));
        open(disk, new KeyRing(key(2), key(1))).closeFiles();
        assertThat(described(disk, ring(2))).isEqualTo(before);
        assertThatThrownBy(() -> described(disk, ring(1))).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void everyFlippedBitIsRefusedAsItIsWithoutAKey() throws IOException {
        var workload = new JournalWorkload(9, 900);
        workload.keys = ring(1);
        Journal journal = workload.run(12, false);
        journal.settle();
        Map<String, byte[]> files = workload.disk.files();
        assertThat(files).hasSizeGreaterThan(1);
        String last = workload.states.get(workload.states.size() - 1);
        files.forEach((name, content) -> {
            for (int bit = 0; bit < content.length * 8; bit++) {
                content[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    String state = JournalWorkload.describe(workload.open(SimulatedDisk.of(new TreeMap<>(files))));
                    assertThat(state).as("%s, bit %d", name, bit).isEqualTo(last); // the last mark acknowledges nothing
                } catch (CorruptStoreException e) {
                    assertThat(e).hasMessageContaining(name).hasMessageContaining("backup");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                content[bit / 8] ^= (byte) (1 << bit % 8);
            }
        });
    }

    /** Whoever can compute checksums can still change nothing. */
    @Test
    void aChangeWithRightChecksumsIsRefusedAtTheOpenAndAtARead() throws IOException {
        Journal journal = open(disk, ring(1));
        write(journal);
        String newest = disk.files().lastKey();
        byte[] content = Objects.requireNonNull(disk.files().get(newest));
        int changed = 0;
        for (int frame : frames(content)) {
            if (ByteBuffer.wrap(content).getInt(frame + Frame.KIND) == Frame.SEALED) {
                continue;
            }
            Map<String, byte[]> files = disk.files();
            byte[] forged = content.clone();
            forged[frame + Frame.HEADER + Seal.BEFORE] ^= 1;
            rightChecksums(forged, frame);
            files.put(newest, forged);
            // Only the last can be forged alone: each names the checksum of the one before.
            if (next(content, frame) == content.length) {
                changed++;
                assertThatThrownBy(() -> open(SimulatedDisk.of(files), ring(1)))
                        .isInstanceOf(CorruptStoreException.class)
                        .hasMessageContaining(newest)
                        .hasMessageContaining("not written there with this key");
            }
        }
        assertThat(changed).isOne();
    }

    @Test
    void aFileOfAnotherStateDirectoryOrOfAnOlderCopyIsRefusedThoughItsKeyIsRight() throws IOException {
        var other = new SimulatedDisk();
        write(open(disk, ring(1)));
        write(Journal.open(other, 2_000, new Random(8)::nextLong, ring(1), file -> {}));
        String oldest = disk.files().firstKey();
        assertThat(other.files()).containsKey(oldest);
        Map<String, byte[]> swapped = disk.files();
        swapped.put(oldest, other.files().get(oldest));
        assertThatThrownBy(() -> open(SimulatedDisk.of(swapped), ring(1)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(oldest)
                .hasMessageContaining("another file than the one that belongs here");

        Map<String, byte[]> renamed = disk.files();
        renamed.put(Segment.name(99), renamed.get(oldest));
        assertThatThrownBy(() -> open(SimulatedDisk.of(renamed), ring(1)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining(Segment.name(99))
                .hasMessageContaining("not of this file");
    }

    /** The same bytes under the same nonce and key are a write that was repeated; others would give both away. */
    @Test
    void noNonceIsUsedTwiceWithAKeyAlsoWhenWritesFailAndRunsEnd() throws IOException {
        var watched = new NonceWatch();
        var workload = new JournalWorkload(13, 900);
        workload.keys = ring(1);
        watched.watch(workload.disk);
        workload.run(200, true);
        assertThat(watched.seen).hasSizeGreaterThan(300);
    }

    @Test
    void aKeyIs32BytesOfBase64AndPrintsNothingOfItself() {
        for (String wrong : List.of("", "c2hvcnQ=", "?".repeat(44), "x")) {
            assertThatThrownBy(() -> JournalKey.of(Secret.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasNoCause();
        }
        assertThat(key(1).toString())
                .isEqualTo("JournalKey[" + key(1).id() + "]")
                .hasSize(28);
        assertThat(key(1).id()).isNotEqualTo(key(2).id());
        assertThatThrownBy(() -> JournalOptions.in(Path.of("x")).withOldKey(key(1)))
                .hasMessageContaining("old key without a new one");
    }

    private static List<Integer> frames(byte[] content) {
        var starts = new ArrayList<Integer>();
        for (int at = Frame.FILE_HEADER; at < content.length; at = next(content, at)) {
            starts.add(at);
        }
        return starts;
    }

    private static int next(byte[] content, int frame) {
        return frame + Frame.HEADER + ByteBuffer.wrap(content).getInt(frame + Frame.LENGTH);
    }

    private static void rightChecksums(byte[] content, int frame) {
        var bytes = ByteBuffer.wrap(content);
        int length = bytes.getInt(frame + Frame.LENGTH);
        bytes.putInt(frame + Frame.PAYLOAD_CRC, Frame.payloadCrc(bytes, frame + Frame.HEADER, length, new CRC32C()));
        bytes.putInt(
                frame + Frame.HEADER_CRC, Frame.headerCrc(bytes, frame, bytes.getLong(Frame.FILE_SALT), new CRC32C()));
    }

    /** Everything that is handed to the disk, written or not. */
    private static final class NonceWatch {
        final Map<String, byte[]> seen = new HashMap<>();

        void watch(SimulatedDisk disk) {
            disk.onWrite = (name, bytes, position) -> {
                byte[] content = new byte[bytes.remaining()];
                bytes.duplicate().get(content);
                int at = position == 0 ? Frame.FILE_HEADER : 0;
                while (at < content.length) {
                    ByteBuffer frame = ByteBuffer.wrap(content);
                    int end = next(content, at);
                    if (frame.getInt(at + Frame.KIND) != Frame.SEALED) {
                        byte[] sealed = Arrays.copyOfRange(content, at + Frame.HEADER, end);
                        byte[] before = seen.put(name + ":" + frame.getLong(at + Frame.HEADER), sealed);
                        assertThat(before == null || Arrays.equals(before, sealed))
                                .as("a nonce of %s", name)
                                .isTrue();
                    }
                    at = end;
                }
            };
        }
    }
}
