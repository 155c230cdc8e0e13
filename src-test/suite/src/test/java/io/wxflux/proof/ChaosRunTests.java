package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.Storm;
import io.wxflux.simulator.Verdict;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} killed again and again while the service answers badly or not at all: the file has every event once, in order. */
@Tag("process")
class ChaosRunTests {
    private static final int ACCOUNTS = 20;

    @TempDir
    Path directory;

    @Test
    void aKillAmongLostAndBrokenAnswers() throws IOException {
        prove(1, Duration.ofSeconds(2), Storm.of(5).withShare(0.05).withoutEpisodes(), "5 % of webwxsync going wrong");
    }

    @Test
    @Tag("proof")
    @Timeout(1200)
    void tenKillsAmongLostAndBrokenAnswers() throws IOException {
        long seed = Long.getLong("wxflux.seed", 3);
        prove(10, Duration.ofSeconds(5), Storm.of(seed).withoutEpisodes(), "5 % of webwxsync going wrong");
    }

    @Test
    @Tag("proof")
    @Timeout(1800)
    void tenKillsWhileHostsGoDownAndComeBack() throws IOException {
        long seed = Long.getLong("wxflux.seed", 4);
        prove(10, Duration.ofSeconds(12), Storm.of(seed), "and hosts going down and coming back");
    }

    /** @param longest life of a run before it is killed */
    private void prove(int kills, Duration longest, Storm storm, String trouble) throws IOException {
        Random random = new Random(storm.seed());
        try (var service = new Service(directory, ACCOUNTS)) {
            var simulator = service.simulator();
            var runner = new Runner(directory, service.port(), service.authority(), ACCOUNTS);
            var events = new EventsFile(runner.events());
            for (int life = 0; life < kills; life++) {
                try (var run = runner.start()) {
                    if (life == 0) {
                        // Nobody is killed, and nothing goes wrong, before everybody is in: half a login needs its scan
                        // again.
                        Await.until(
                                Duration.ofSeconds(60),
                                () -> service.logins() == ACCOUNTS && events.ready() >= ACCOUNTS,
                                run::output);
                        simulator.startLoad(10);
                        simulator.startStorm(storm);
                    }
                    long before = events.messages();
                    Await.until(Duration.ofSeconds(90), () -> events.messages() > before, run::output);
                    LockSupport.parkNanos(Duration.ofMillis(random.nextLong(longest.toMillis()))
                            .toNanos());
                    run.kill();
                }
            }
            try (var last = runner.start()) {
                long before = events.messages();
                Await.until(
                        Duration.ofSeconds(90),
                        () -> events.messages() > before && repeated(service) > 0,
                        last::output);
                simulator.stopLoad();
                simulator.stopStorm();
                Await.until(
                        Duration.ofSeconds(180),
                        () -> events.messages() >= service.queued(),
                        () -> events.messages() + " of " + service.queued() + "\n" + last.output());
                assertThat(last.terminate()).as("exit code after SIGTERM").isZero();
            }
            assertThat(service.logins()).as("scans asked for").isEqualTo(ACCOUNTS);
            events.judge(service.accounts());
            Verdict verdict;
            try (var lines = Files.lines(runner.events())) {
                verdict = simulator.judge(lines);
            }
            assertThat(verdict).matches(Verdict::isExact, String.join("\n", verdict.examples()));
            simulator.assertNoViolations();
            System.out.println("run, " + ACCOUNTS + " accounts, " + trouble + ", seed " + storm.seed() + ", " + kills
                    + " kills, " + simulator.stormNotes().size() + " episodes: " + verdict + ", no new scan");
        }
    }

    private static long repeated(Service service) {
        long repeated = 0;
        for (SimAccount account : service.accounts()) {
            for (long seq = 1; seq <= account.served(); seq++) {
                repeated += account.servedAgain(seq) ? 1 : 0;
            }
        }
        return repeated;
    }
}
