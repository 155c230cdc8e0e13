package io.wxflux.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.UnknownOutcomeException;
import io.wxflux.journal.SimulatedDisk.Loss;
import io.wxflux.shard.AccountCommit;
import io.wxflux.shard.CommitGroup;
import io.wxflux.shard.StoredAccount;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The disk says no. */
class JournalFaultTests {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final JournalWorkload workload = new JournalWorkload(1, 4_000);

    @Test
    void afterAFullDiskTheSameGroupIsTakenAgain() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, 0, 300)).isNull();
        int length = length(disk);
        for (int room = 0; room < 300; room += 7) {
            disk.room = room;
            assertThat(commit(journal, 1, 300))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("No space left")
                    .hasMessageContaining("journal-0000000001.wxj");
            assertThat(length(disk)).as("cut back").isEqualTo(length);
            assertThat(journal.read(ShardContract.ANNA, 0, 10_000)).hasSize(1);
            assertThat(journal.stored().get(0).nextOffset()).isEqualTo(1);
        }
        disk.room = Long.MAX_VALUE;
        assertThat(commit(journal, 1, 300)).isNull();
        assertThat(journal.read(ShardContract.ANNA, 0, 10_000)).hasSize(2);
        Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(1)));
        assertThat(again.read(ShardContract.ANNA, 0, 10_000)).hasSize(2);
    }

    /** Of a failed write some frames may be whole; they must not continue what is written over its beginning. */
    @Test
    void whatAFailedWriteLeftIsNotTakenForWhatCameLater() throws IOException {
        Journal journal = workload.open(disk);
        int start = length(disk);
        var one = new Journal.Entry(ShardContract.records(ShardContract.account(1), 0, "same"));
        journal.commit(List.of(one));
        int frame = length(disk) - start;
        disk.room = 2L * frame + 10;
        disk.truncateFails = true;
        var batch = List.of(
                new Journal.Entry(ShardContract.records(ShardContract.account(2), 0, "same")),
                new Journal.Entry(ShardContract.records(ShardContract.account(3), 0, "same")),
                new Journal.Entry(ShardContract.records(ShardContract.account(4), 0, "same")));
        journal.commit(batch);
        assertThat(batch)
                .allSatisfy(entry -> assertThat(entry.failure()).isInstanceOf(StoreUnavailableException.class));
        byte[] left = only(disk);
        assertThat(left).hasSize(start + 3 * frame + 10);
        disk.room = Long.MAX_VALUE;
        disk.truncateFails = false;
        journal.commit(List.of(new Journal.Entry(ShardContract.records(ShardContract.account(3), 0, "same"))));
        byte[] mixed = left.clone();
        System.arraycopy(only(disk), 0, mixed, 0, start + 2 * frame);
        Journal again = workload.open(SimulatedDisk.of(Map.of(Segment.name(1), mixed)));
        assertThat(again.stored())
                .extracting(StoredAccount::account)
                .containsExactlyInAnyOrder(ShardContract.account(1), ShardContract.account(3));
    }

    @Test
    void anAccountWhoseFirstCommitFailedIsNotThere() throws IOException {
        Journal journal = workload.open(disk);
        disk.room = 10;
        assertThat(commit(journal, 0, 300)).isInstanceOf(StoreUnavailableException.class);
        assertThat(journal.stored()).isEmpty();
    }

    @Test
    void aFullDiskAtTheBeginOfASegmentCanBeTriedAgain() throws IOException {
        Journal journal = workload.open(disk);
        long offset = 0;
        while (disk.files().size() == 1) {
            assertThat(commit(journal, offset++, 1_000)).isNull();
            if (disk.files().size() == 1 && disk.files().values().iterator().next().length > 4_000) {
                disk.room = 20;
                assertThat(commit(journal, offset, 1_000)).isInstanceOf(StoreUnavailableException.class);
                assertThat(disk.files()).containsOnlyKeys("journal-0000000001.wxj");
                disk.room = Long.MAX_VALUE;
            }
        }
        assertThat(disk.files()).containsOnlyKeys("journal-0000000001.wxj", "journal-0000000002.wxj");
        assertThat(journal.read(ShardContract.ANNA, 0, 100_000)).hasSize((int) offset);
    }

    @Test
    void aFailedForceStopsTheJournal() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, 0, 100)).isNull();
        disk.forceFails = true;
        assertThat(commit(journal, 1, 100))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("journal-0000000001.wxj");
        disk.forceFails = false;
        assertThat(commit(journal, 1, 100)).isInstanceOf(UnknownOutcomeException.class);
        assertThatThrownBy(journal::stored).isInstanceOf(UnknownOutcomeException.class);
        assertThat(journal.read(ShardContract.ANNA, 0, 1_000)).hasSize(1);
        int forces = disk.forces;
        journal.finish();
        assertThat(disk.forces).as("never forced again").isEqualTo(forces);
    }

    @Test
    void aSegmentThatCannotBePutInPlaceStopsTheJournal() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, 0, 5_000)).isNull();
        disk.namesFail = true;
        assertThat(commit(journal, 1, 100)).isInstanceOf(UnknownOutcomeException.class);
        disk.namesFail = false;
        assertThat(commit(journal, 1, 100)).isInstanceOf(UnknownOutcomeException.class);
        Journal again = workload.open(disk);
        assertThat(commit(again, 1, 100)).isNull();
    }

    @Test
    void whatWasReadButMaybeNeverWrittenIsWrittenAgainAtTheNextOpen() throws IOException {
        Journal journal = workload.open(disk);
        disk.forceFails = true;
        assertThat(commit(journal, 0, 100)).isInstanceOf(UnknownOutcomeException.class);
        disk.forceFails = false;
        Journal again = workload.open(disk);
        assertThat(again.read(ShardContract.ANNA, 0, 1_000)).hasSize(1);
        Journal later = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(1)));
        assertThat(later.read(ShardContract.ANNA, 0, 1_000)).hasSize(1);
    }

    @Test
    void cursorsAloneCostNoForce() throws IOException {
        Journal journal = workload.open(disk);
        assertThat(commit(journal, 0, 100)).isNull();
        int forces = disk.forces;
        for (int i = 0; i < 10; i++) {
            var entry = new Journal.Entry(ShardContract.cursor("file", ShardContract.ANNA, i));
            journal.commit(List.of(entry));
            assertThat(entry.failure()).isNull();
        }
        assertThat(disk.forces).isEqualTo(forces);
        journal.finish();
        assertThat(disk.forces).isEqualTo(forces + 1);
        Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(1)));
        assertThat(again.stored().get(0).cursors()).containsEntry("file", 9L);
    }

    @Test
    void aBatchCostsOneForce() throws IOException {
        Journal journal = workload.open(disk);
        int forces = disk.forces;
        var batch = new ArrayList<Journal.Entry>();
        for (int i = 0; i < 50; i++) {
            batch.add(new Journal.Entry(ShardContract.records(ShardContract.account(i), 0, "r")));
        }
        journal.commit(batch);
        assertThat(disk.forces).isEqualTo(forces + 1);
        assertThat(journal.stored()).hasSize(50);
    }

    @Test
    void segmentsThatNobodyNeedsAreDroppedEvenBetweenNeededOnes() throws IOException {
        Journal journal = workload.open(disk);
        var slow = new Journal.Entry(ShardContract.records(ShardContract.BORIS, 0, "still needed ".repeat(300)));
        journal.commit(List.of(slow));
        for (int i = 0; i < 60; i++) {
            var entry = new Journal.Entry(new CommitGroup(
                    List.of(share(i, 1_000)), List.of(), List.of(new CommitGroup.Retention(ShardContract.ANNA, i))));
            journal.commit(List.of(entry));
            assertThat(entry.failure()).isNull();
        }
        assertThat(disk.files().keySet()).hasSizeLessThanOrEqualTo(3).contains("journal-0000000001.wxj");
        Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.NOTHING, new Random(1)));
        assertThat(again.read(ShardContract.BORIS, 0, 10_000)).hasSize(1);
        assertThat(again.read(ShardContract.ANNA, 0, 10_000)).hasSize(1);
    }

    private static byte[] only(SimulatedDisk disk) {
        assertThat(disk.files()).hasSize(1);
        return disk.files().firstEntry().getValue();
    }

    private static int length(SimulatedDisk disk) {
        return only(disk).length;
    }

    private static @Nullable RuntimeException commit(Journal journal, long offset, int bytes) {
        var entry = new Journal.Entry(CommitGroup.of(share(offset, bytes)));
        journal.commit(List.of(entry));
        return entry.failure();
    }

    private static AccountCommit share(long offset, int bytes) {
        return new AccountCommit(ShardContract.ANNA, new byte[] {1}, null, List.of(), offset, List.of(new byte[bytes]));
    }
}
