package io.wxflux.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.wxflux.journal.SimulatedDisk.Loss;
import io.wxflux.model.AccountId;
import io.wxflux.testkit.ShardContract;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The power fails between any two operations on the disk, and what was not forced is kept, lost, torn or reordered. */
class JournalCrashTests {
    private static final AccountId LATER = AccountId.of("later");

    private static final Logger RECOVERY = (Logger) LoggerFactory.getLogger(Recovery.class);

    private int crashes;
    private int crashesInRecovery;
    private long moved;
    /** How many operations the disk had seen when the last recovery was done. */
    private int recovered;

    @BeforeAll
    static void thousandsOfTornTailsAreNoNews() {
        RECOVERY.setLevel(Level.ERROR);
    }

    @AfterAll
    static void elsewhereTheyAre() {
        RECOVERY.setLevel(null);
    }

    @Test
    void noAcknowledgedCommitIsLostWhereverThePowerFails() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            crashEverywhere(new JournalWorkload(seed, 1_500), seed, 150, false, 3);
        }
        assertThat(crashes).isGreaterThan(3_000);
        assertThat(crashesInRecovery).isGreaterThan(300);
        report();
    }

    @Test
    void noAcknowledgedCommitIsLostWhenWritesHaveFailedBefore() throws IOException {
        crashEverywhere(new JournalWorkload(11, 1_500), 11, 150, true, 3);
    }

    @Test
    void noDocumentIsLostOrComesBackWhereverThePowerFails() throws IOException {
        for (long seed = 21; seed <= 23; seed++) {
            crashEverywhere(new JournalWorkload(seed, 700, true), seed, 180, seed % 2 == 0, 3);
        }
        assertThat(moved).isGreaterThan(100);
        report();
    }

    @Test
    void noAcknowledgedCommitIsLostWhenEverythingIsEncrypted() throws IOException {
        var workload = new JournalWorkload(41, 900);
        workload.keys = JournalEncryptionTests.ring(1);
        crashEverywhere(workload, 41, 80, true, 2);
    }

    /** A key was given to a journal that had none: it is written anew at each open, and may be killed at any point of it. */
    @Test
    void noAcknowledgedCommitIsLostWhileAJournalIsWrittenAnewWithAKey() throws IOException {
        var workload = new JournalWorkload(42, 900);
        workload.run(80, false).closeFiles();
        var allowed = workload.allowedAfter(workload.disk.operations());
        workload.keys = JournalEncryptionTests.ring(1);
        SimulatedDisk disk = SimulatedDisk.of(workload.disk.files());
        int before = disk.operations();
        workload.open(disk).closeFiles();
        assertThat(disk.operations()).isGreaterThan(before + 5);
        for (int operation = before; operation <= disk.operations(); operation++) {
            for (Loss loss : Loss.values()) {
                crash(workload, disk, operation, allowed, loss, 42, 0);
            }
        }
    }

    @Test
    @Tag("proof")
    void noAcknowledgedCommitIsLostInManyRuns() throws IOException {
        for (long seed = 100; seed < 140; seed++) {
            var workload = new JournalWorkload(seed, 500 + (int) (seed * 37 % 4_000), seed % 4 < 2);
            workload.keys = seed % 3 == 0 ? JournalEncryptionTests.ring(1) : KeyRing.NONE;
            crashEverywhere(workload, seed, 250, seed % 2 == 0, 12);
        }
        report();
    }

    private void report() {
        System.out.println("journal: " + crashes + " crashes, each at a point of its own or with other losses, and "
                + crashesInRecovery
                + " more during the recovery from one; " + moved + " documents had moved");
    }

    private void crashEverywhere(JournalWorkload workload, long seed, int groups, boolean faults, int variants)
            throws IOException {
        workload.run(groups, faults).closeFiles();
        moved += workload.moved;
        for (int operation = 0; operation <= workload.disk.operations(); operation++) {
            Set<String> allowed = workload.allowedAfter(operation);
            crash(workload, workload.disk, operation, allowed, Loss.NOTHING, seed, 0);
            crash(workload, workload.disk, operation, allowed, Loss.EVERYTHING, seed, 0);
            for (int variant = 0; variant < variants; variant++) {
                crash(workload, workload.disk, operation, allowed, Loss.SOME, seed, variant);
            }
        }
    }

    private void crash(
            JournalWorkload workload,
            SimulatedDisk disk,
            int operation,
            Set<String> allowed,
            Loss loss,
            long seed,
            int variant)
            throws IOException {
        crashes++;
        var random = new Random(seed * 1_000_003 + operation * 101L + variant);
        SimulatedDisk found = disk.crashedAfter(operation, loss, random);
        int before = found.operations();
        String where = "seed " + seed + ", operation " + operation + ", loss " + loss + ", variant " + variant;
        String state = reopened(workload, found, where);
        if (!allowed.contains(state)) {
            fail(where + ": " + found(workload, state) + "; allowed were " + allowed.size() + " states");
        }
        // Recovery writes, too: the power fails once more while it does.
        if (variant == 0) {
            int again = before + random.nextInt(recovered - before + 1);
            SimulatedDisk twice = found.crashedAfter(again, Loss.SOME, random);
            crashesInRecovery++;
            String then = reopened(workload, twice, where + ", again at " + again);
            if (!allowed.contains(then)) {
                fail(where + ", again at " + again + ": " + found(workload, then));
            }
        }
    }

    private static String found(JournalWorkload workload, String state) {
        int group = workload.states.indexOf(state);
        return group < 0 ? "a state that never was:\n" + state : "found the state after group " + group;
    }

    /** Opens, tells what is there, and sees that the journal goes on from it. */
    private String reopened(JournalWorkload workload, SimulatedDisk disk, String where) throws IOException {
        try {
            Journal journal = workload.open(disk);
            recovered = disk.operations();
            String state = JournalWorkload.describe(journal);
            var more = new Journal.Entry(ShardContract.records(LATER, 0, "more"));
            journal.commit(List.of(more));
            assertThat(more.failure()).isNull();
            journal.closeFiles();
            Journal again = workload.open(disk.crashedAfter(disk.operations(), Loss.EVERYTHING, new Random(0)));
            assertThat(JournalWorkload.describe(again)).startsWith(state).contains(LATER.value());
            assertThat(again.epoch()).isEqualTo(journal.epoch() + 1);
            again.closeFiles();
            return state;
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
    }
}
