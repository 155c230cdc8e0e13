package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} in one process, the simulator in another: everything arrives once, and threads do not grow with accounts. */
@Tag("process")
class ManyAccountsTests {
    @TempDir
    Path directory;

    @Test
    void fortyAccountsForASecond() throws Exception {
        Result result = prove(40, Duration.ofSeconds(1));
        assertThat(result.messages()).isGreaterThan(40);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void twoHundredAccountsForAMinute() throws Exception {
        int idle = idleThreads();
        Result few = prove(20, Duration.ofSeconds(20));
        Result many = prove(200, Duration.ofSeconds(60));
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.println("threads: " + idle + " in an idle JVM, " + few.threads() + " with 20 accounts, "
                + many.threads() + " with 200, on " + cores + " cores");
        assertThat(many.threads()).isEqualTo(few.threads());
        assertThat(many.threads() - idle).isLessThanOrEqualTo(cores + 12);
    }

    private record Result(long messages, int threads) {}

    private Result prove(int accounts, Duration time) throws Exception {
        Path home = Files.createDirectory(directory.resolve("with-" + accounts));
        try (var service = new RemoteService(home, accounts)) {
            var runner = new Runner(home, service.port(), service.authority(), accounts);
            var events = new EventsFile(runner.events());
            try (var run = runner.start()) {
                Await.until(
                        Duration.ofSeconds(120),
                        () -> signedIn(runner) == accounts,
                        () -> signedIn(runner) + " of " + accounts + " signed in\n" + run.output());
                service.post("/load", "{\"rate\": 1}");
                LockSupport.parkNanos(time.toNanos());
                int threads = run.threads();
                service.post("/load", "{\"rate\": 0}");
                Map<Long, List<String>> truth = service.queued();
                long queued = truth.values().stream().mapToLong(List::size).sum();
                Await.until(
                        Duration.ofSeconds(60),
                        () -> events.messages() >= queued,
                        () -> events.messages() + " of " + queued);
                assertThat(run.terminate()).as("exit code after SIGTERM").isZero();
                long judged = events.judge(truth);
                assertThat(service.get("/violations"))
                        .as("rules of the protocol broken")
                        .isEqualTo("[]");
                System.out.println("run, " + accounts + " accounts, " + time.toSeconds() + " s at 1 message/s each: "
                        + judged + " messages, each once and in order, 0 violations, " + threads + " threads");
                return new Result(judged, threads);
            }
        }
    }

    /** How many threads a JVM has that does nothing. */
    private int idleThreads() {
        try (var idle = ChildProcess.start(directory.resolve("idle.log"), IdleProgram.class.getName())) {
            Await.until(Duration.ofSeconds(60), () -> idle.output().contains("idle"), idle::output);
            return idle.threads();
        }
    }

    private static long signedIn(Runner runner) {
        try {
            return Files.exists(runner.events())
                    ? Files.readAllLines(runner.events()).stream()
                            .filter(line -> line.contains("\"wx.account.ready\""))
                            .count()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
