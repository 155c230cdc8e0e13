package io.wxflux.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ConfigurationException;
import io.wxflux.error.CorruptStoreException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.shard.Coordinator;
import io.wxflux.testkit.ShardContract;
import io.wxflux.testkit.ShardContract.Opened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who may open a state directory, and what it looks like from outside. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StateDirectoryTests {
    @TempDir
    private Path parent;

    @Test
    void filesAreForTheirOwnerAloneUnderAnyUmask() throws Exception {
        for (String umask : List.of("000", "022", "777")) {
            Path state = parent.resolve("deep-" + umask).resolve("state");
            if (umask.equals("777")) {
                Files.createDirectories(state.getParent());
            }
            Process child = start(umask, state, "write");
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output(child)).contains("written");
            assertThat(rights(state)).isEqualTo("rwx------");
            assertThat(files(state))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(
                            file -> assertThat(rights(file)).as(file.toString()).isEqualTo("rw-------"));
        }
    }

    @Test
    void aDirectoryThatOthersMayWriteIsRefused() throws IOException {
        for (String rights : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
            Path state = Files.createDirectory(parent.resolve("open-" + rights));
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(rights));
            assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("chmod 700");
            assertThat(files(state)).isEmpty();
        }
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws IOException {
        Path state = Files.createDirectory(parent.resolve("foreign"));
        try {
            Files.setAttribute(state, "unix:uid", 12_345);
        } catch (IOException e) {
            return; // Only root can give a directory away.
        }
        assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("12345")
                .hasMessageContaining(state.toString());
    }

    @Test
    void oneProcessOpensADirectoryOnce() {
        Path state = parent.resolve("state");
        try (var first = new Opened(FileJournal.open(state))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(state.toString());
            }
            first.commit(ShardContract.records(ShardContract.ANNA, 0, "a"));
        }
        new Opened(FileJournal.open(state)).close();
    }

    @Test
    void anotherProcessIsKeptOutUntilThisOneEnds() throws Exception {
        Path state = parent.resolve("state");
        Process holder = start("022", state, "hold");
        try (var lines = holder.inputReader()) {
            assertThat(lines.lines().anyMatch("written"::equals)).isTrue();
            assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("another process (" + holder.pid() + ")");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (var now = new Opened(FileJournal.open(state))) {
            assertThat(now.texts(ShardContract.ANNA, 0)).containsExactly("0:kept");
        }
    }

    @Test
    void ofAThousandStartsAtOnceOneHasTheDirectory() {
        Path state = parent.resolve("state");
        AtomicInteger refused = new AtomicInteger();
        List<Coordinator> holders = Flux.range(0, 1_000)
                .map(i -> FileJournal.open(state))
                .flatMap(
                        coordinator -> coordinator
                                .shards()
                                .next()
                                .map(acquired -> coordinator)
                                .onErrorResume(StoreUnavailableException.class, error -> {
                                    refused.incrementAndGet();
                                    return Mono.empty();
                                }),
                        1_000)
                .collectList()
                .blockOptional(ShardContract.PATIENCE)
                .orElseThrow();
        assertThat(holders).hasSize(1);
        assertThat(refused).hasValue(999);
        holders.get(0).close().block(ShardContract.PATIENCE);
        new Opened(FileJournal.open(state)).close();
    }

    /** The system's lock is not taken from a process that is only stopped: nobody can take over, so nothing can come late. */
    @Test
    void aProcessThatIsStoppedKeepsTheDirectoryAndGoesOnWithIt() throws Exception {
        Path state = parent.resolve("state");
        Process holder = start("022", state, "hold");
        try (var lines = holder.inputReader()) {
            var said = lines.lines().iterator();
            assertThat(said.next()).isEqualTo("written");
            signal("STOP", holder);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("another process (" + holder.pid() + ")");
            }
            signal("CONT", holder);
            holder.outputWriter().append("more\n").flush();
            assertThat(said.next()).isEqualTo("written more");
            signal("STOP", holder);
            signal("KILL", holder);
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (var now = new Opened(FileJournal.open(state))) {
            assertThat(now.texts(ShardContract.ANNA, 0)).containsExactly("0:kept", "1:more");
        }
    }

    private static void signal(String name, Process to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(to.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void damageOnTheRealDiskIsRefusedAndTheDirectoryIsFreeAgain() throws IOException {
        Path state = parent.resolve("state");
        try (var opened = new Opened(FileJournal.open(state))) {
            opened.commit(ShardContract.records(ShardContract.ANNA, 0, "kept"));
        }
        Path segment = state.resolve(Segment.name(1));
        byte[] good = Files.readAllBytes(segment);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 4;
        Files.write(segment, bad);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> new Opened(FileJournal.open(state)))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining(segment.toString());
        }
        Files.write(segment, good);
        try (var opened = new Opened(FileJournal.open(state))) {
            assertThat(opened.texts(ShardContract.ANNA, 0)).containsExactly("0:kept");
        }
    }

    @Test
    void closingAfterAFailedOpenCompletes() throws IOException {
        Path state = Files.createFile(parent.resolve("a-file"));
        var coordinator = FileJournal.open(state);
        assertThatThrownBy(() -> new Opened(coordinator)).isInstanceOf(StoreUnavailableException.class);
        coordinator.close().block(ShardContract.PATIENCE);
    }

    private static Process start(String umask, Path state, String mode) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = "umask " + umask + "; exec \"$0\" -cp \"$1\" \"$2\" \"$3\" " + mode;
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        java,
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        state.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException {
        try (var lines = process.inputReader()) {
            return lines.lines().toList().toString();
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** The other process. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            var opened = new Opened(FileJournal.open(Path.of(arguments[0])));
            opened.commit(ShardContract.records(ShardContract.ANNA, 0, "kept"));
            System.out.println("written");
            if (arguments[1].equals("hold")) {
                try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                    if (lines.readLine() != null) {
                        opened.commit(ShardContract.records(ShardContract.ANNA, 1, "more"));
                        System.out.println("written more");
                        lines.readLine();
                    }
                }
            }
            opened.close();
        }
    }
}
