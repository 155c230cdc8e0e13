package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.QueuedMessage;
import io.wxflux.simulator.SimAccount;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a key acknowledges is safe before the key is shown: at the moment the service sees a new key, the process is frozen
 * and its directory copied; a fresh process that goes on from the copy, without any service, yields every message that
 * the service holds for acknowledged.
 */
@Tag("process")
class CommitOrderTests {
    private static final int ACCOUNTS = 5;
    private static final int AT_ONCE = 50;

    @TempDir
    Path directory;

    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong pid = new AtomicLong();

    @Test
    void fourCopies() throws IOException {
        prove(4);
    }

    @Test
    @Tag("proof")
    @Timeout(1800)
    void fiveHundredCopies() throws IOException {
        prove(500);
    }

    private void prove(int samples) throws IOException {
        Path home = Files.createDirectory(directory.resolve("run"));
        // Of plain threads: a copy blocks.
        ExecutorService threads = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-copies"));
        Scheduler copying = Schedulers.fromExecutorService(threads);
        long covered = 0;
        try (var freezer = new FrozenCopies();
                var service = new Service(
                        directory,
                        ACCOUNTS,
                        builder -> builder.onNewKey(account -> Mono.defer(() -> wants()
                                ? Mono.fromRunnable(() -> copy(freezer, home))
                                        .subscribeOn(copying)
                                        .then()
                                : Mono.empty())))) {
            served = service.accounts();
            var runner = new Runner(home, service.port(), service.authority(), ACCOUNTS);
            var events = new EventsFile(runner.events());
            try (var run = runner.start()) {
                Await.until(Duration.ofSeconds(60), () -> events.ready() >= ACCOUNTS, run::output);
                pid.set(run.pid());
                service.simulator().startLoad(5);
                wanted.set(samples);
                Await.until(
                        Duration.ofSeconds(60 + 2L * samples),
                        () -> copies.get() >= samples && !busy.get(),
                        () -> copies + " copies\n" + run.output());
                run.kill();
            }
            for (int from = 0; from < samples; from += AT_ONCE) {
                covered += resume(from, Math.min(samples, from + AT_ONCE));
            }
        } finally {
            threads.shutdown();
        }
        System.out.println("commit order: " + samples + " copies at the moment of a new key, resumed: 0 of " + covered
                + " acknowledged messages missing");
    }

    private List<SimAccount> served = List.of();

    private boolean wants() {
        return copies.get() < wanted.get() && busy.compareAndSet(false, true);
    }

    private void copy(FrozenCopies freezer, Path home) {
        try {
            // What the service holds for acknowledged now; what it will later is no business of this copy.
            List<String> acknowledged = new ArrayList<>();
            for (SimAccount account : served) {
                account.queued(1, (int) account.acknowledged()).stream()
                        .map(QueuedMessage::msgId)
                        .forEach(acknowledged::add);
            }
            Path copy = directory.resolve("copy-" + copies.get());
            freezer.copy(pid.get(), home, copy);
            Files.write(copy.resolve("covered.txt"), acknowledged);
            copies.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            busy.set(false);
        }
    }

    private long resume(int from, int to) throws IOException {
        List<String> arguments = new ArrayList<>();
        long covered = 0;
        for (int i = from; i < to; i++) {
            Path copy = directory.resolve("copy-" + i);
            Path config = copy.resolve("accounts.yaml");
            Files.writeString(config, Files.readString(config).replaceAll("connect-to: .*", "connect-to: 127.0.0.1:1"));
            covered += Files.readAllLines(copy.resolve("covered.txt")).size();
            arguments.add(copy.toString());
        }
        Path log = directory.resolve("resume-" + from + ".log");
        try (var fresh = ChildProcess.start(log, ResumeProgram.class.getName(), arguments.toArray(String[]::new))) {
            Await.until(
                    Duration.ofSeconds(60L + 30L * (to - from)),
                    () -> fresh.output().contains("all resumed") || !fresh.isAlive(),
                    fresh::output);
            assertThat(fresh.output()).contains("all resumed");
            assertThat(fresh.output().lines().filter(line -> line.startsWith("copy-")))
                    .hasSize(to - from)
                    .allMatch(line -> line.endsWith(" missing 0"));
        }
        for (String copy : arguments) {
            delete(Path.of(copy));
        }
        return covered;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
