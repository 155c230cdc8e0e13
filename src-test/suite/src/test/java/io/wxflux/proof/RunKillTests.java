package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} under load, killed at random moments and started again: the file has every event once, in order. */
@Tag("process")
class RunKillTests {
    private static final int ACCOUNTS = 10;

    @TempDir
    Path directory;

    @Test
    void twoKillsLeaveTheFileExact() throws IOException {
        prove(2, 5);
    }

    @Test
    @Tag("proof")
    @Timeout(1200)
    void thirtyKillsLeaveTheFileExact() throws IOException {
        prove(30, Long.getLong("wxflux.seed", 3));
    }

    private void prove(int kills, long seed) throws IOException {
        Random random = new Random(seed);
        try (var service = new Service(directory, ACCOUNTS)) {
            var runner = new Runner(directory, service.port(), service.authority(), ACCOUNTS);
            var events = new EventsFile(runner.events());
            // The first start is left alone until everybody is signed in: a login cut in half needs its scan again.
            try (var first = runner.start()) {
                Await.until(
                        Duration.ofSeconds(60),
                        () -> service.logins() == ACCOUNTS && events.messages() >= ACCOUNTS,
                        first::output);
                service.simulator().startLoad(20);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1500)).toNanos());
                first.kill();
            }
            for (int kill = 1; kill < kills; kill++) {
                try (var run = runner.start()) {
                    LockSupport.parkNanos(
                            Duration.ofMillis(200 + random.nextInt(4000)).toNanos());
                    run.kill();
                }
            }
            try (var last = runner.start()) {
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                service.simulator().stopLoad();
                Await.until(
                        Duration.ofSeconds(120),
                        () -> events.messages() >= service.queued(),
                        () -> events.messages() + " of " + service.queued() + "\n" + last.output());
                assertThat(last.terminate()).as("exit code after SIGTERM").isZero();
            }
            assertThat(service.logins()).as("scans asked for").isEqualTo(ACCOUNTS);
            long judged = events.judge(service.accounts());
            System.out.println("run, " + ACCOUNTS + " accounts, " + kills + " kills: " + judged
                    + " messages, 0 lost, 0 doubled, 0 reordered in the file, no new scan");
        }
    }
}
