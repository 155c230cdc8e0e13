package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.event.Lifecycle;
import io.wxflux.journal.FileJournal;
import io.wxflux.journal.FullDevice;
import io.wxflux.journal.JournalOptions;
import io.wxflux.options.AccountSpec;
import io.wxflux.shard.Coordinator;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, and a directory that can really not be written: nothing is lost and nothing is restarted. */
@Tag("scenario")
class FullDiskTests {
    private static final Duration BAR = Duration.ofSeconds(30);

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    private final List<Path> mounted = new ArrayList<>();

    @AfterEach
    void unmount() throws Exception {
        for (int i = mounted.size() - 1; i >= 0; i--) {
            run("umount", "-l", mounted.get(i).toString());
        }
    }

    /** Every write gets the error of the system's own full device. Needs no rights. */
    @Test
    void onADeviceThatIsFullAnAccountIsParkedAndGoesOnWhenThereIsSpace() throws Exception {
        var device = new FullDevice(directory.resolve("state"));
        throughAnOutage(device.open(), "No space left on device", () -> device.fill(true), () -> device.fill(false));
    }

    @Test
    @Tag("process")
    void onASmallDiskThatFillsUpTheSame() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
                "this user may not mount; the test above runs without");
        mounted.add(disk);
        Path filler = disk.resolve("filler");
        throughAnOutage(
                FileJournal.open(JournalOptions.in(disk.resolve("state")).withSegmentBytes(32 << 10)),
                "No space left on device",
                () -> fill(filler),
                () -> Files.delete(filler));
    }

    /** Open files can be written, but no new one begun. */
    @Test
    @Tag("process")
    void inADirectoryThatCannotBeWrittenTheSame() throws Exception {
        Path state = directory.resolve("state");
        Path probe = Files.createDirectory(directory.resolve("probe"));
        Assumptions.assumeTrue(covers(probe), "this user may not mount");
        mounted.add(probe);
        throughAnOutage(
                FileJournal.open(JournalOptions.in(state).withSegmentBytes(4 << 10)),
                "Read-only file system",
                () -> {
                    assertThat(covers(state)).isTrue();
                    mounted.add(state);
                },
                () -> {
                    assertThat(run("umount", state.toString())).isTrue();
                    mounted.remove(state);
                });
    }

    /** Lays a view of the directory over it that cannot be written; what is open already can. */
    private static boolean covers(Path state) throws IOException, InterruptedException {
        return run("mount", "--bind", state.toString(), state.toString())
                && run("mount", "-o", "remount,bind,ro", state.toString());
    }

    private interface Step {
        void take() throws Exception;
    }

    private void throughAnOutage(Coordinator coordinator, String reason, Step breaks, Step mends) throws Exception {
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_020).withContacts(3, 1, 3));
        try (var running =
                RunningEngine.start(weChat.options().coordinator(coordinator).account(AccountSpec.of("alice")))) {
            running.awaitReady("alice");
            alice.queueBurst(20);
            running.awaitTexts("alice", 20);
            breaks.take();
            int sent = 20;
            while (running.status("alice").state() != AccountState.PARKED) {
                // More and more, until the last corner of the disk is full.
                assertThat(sent).as("messages taken by a store without room").isLessThan(20_000);
                alice.queueBurst(100);
                sent += 100;
                long all = sent;
                Await.until(
                        BAR,
                        () -> running.texts("alice").size() >= all
                                || running.status("alice").state() == AccountState.PARKED,
                        () -> running.engine().accounts().toString());
            }
            assertThat(running.status("alice").lastError()).contains("parked", reason);
            assertThat(running.live("alice"))
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    Lifecycle.Parked.class,
                                    parked -> assertThat(parked.reason()).contains(reason)));
            assertThat(alice.acknowledged()).isLessThan(alice.lastSeq());

            mends.take();
            int all = sent;
            Await.until(
                    BAR,
                    () -> running.texts("alice").size() >= all,
                    () -> running.texts("alice").size() + " of " + all + "; "
                            + running.engine().accounts());
            running.awaitState("alice", AccountState.SYNCING);
            assertThat(running.texts("alice").stream()
                            .map(text -> text.substring(0, 7))
                            .toList())
                    .isEqualTo(IntStream.rangeClosed(1, all)
                            .mapToObj("#%06d"::formatted)
                            .toList());
            assertThat(running.liveTypes("alice")).contains("wx.account.unparked");
            assertThat(alice.logins()).isEqualTo(1);
        }
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            var some = new byte[512];
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
