package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimAccount;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of the work: a clean end, and the next start goes on where this one stood. */
@Tag("process")
class GracefulStopTests {
    @TempDir
    Path directory;

    @Test
    void aStopUnderLoad() throws IOException {
        prove(10, 1, 10);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void fiveStopsOfAHundredAccountsUnderLoad() throws IOException {
        long longest = prove(100, 5, 3);
        assertThat(longest).as("milliseconds until the process had ended").isLessThanOrEqualTo(15_000);
    }

    /** @return the longest stop in milliseconds */
    private long prove(int accounts, int stops, double rate) throws IOException {
        long longest = 0;
        try (var service = new Service(directory, accounts)) {
            var runner = new Runner(directory, service.port(), service.authority(), accounts);
            var events = new EventsFile(runner.events());
            for (int stop = 0; stop <= stops; stop++) {
                try (var run = runner.start()) {
                    if (stop == 0) {
                        Await.until(
                                Duration.ofSeconds(120),
                                () -> service.logins() == accounts && events.ready() >= accounts,
                                run::output);
                        service.simulator().startLoad(rate);
                    }
                    long before = events.messages();
                    Await.until(Duration.ofSeconds(60), () -> events.messages() > before + accounts, run::output);
                    if (stop == stops) {
                        service.simulator().stopLoad();
                        Await.until(
                                Duration.ofSeconds(120),
                                () -> events.messages() >= service.queued(),
                                () -> events.messages() + " of " + service.queued());
                    }
                    long began = System.nanoTime();
                    assertThat(run.terminate()).as("exit code").isZero();
                    longest = Math.max(longest, (System.nanoTime() - began) / 1_000_000);
                }
                // The service hears of each close a moment later.
                Await.until(
                        Duration.ofSeconds(10),
                        () -> service.simulator().connections() == 0,
                        () -> service.simulator().connections() + " connections left");
                assertThat(service.accounts()).as("sessions kept").allMatch(SimAccount::isLoggedIn);
            }
            assertThat(service.logins()).as("scans asked for").isEqualTo(accounts);
            long judged = events.judge(service.accounts());
            service.simulator().assertNoViolations();
            System.out.println("SIGTERM to " + accounts + " accounts under load, " + (stops + 1) + " times: exit code 0"
                    + " within " + longest + " ms, " + judged + " messages, 0 lost, 0 doubled, no logout,"
                    + " 0 connections left");
        }
        return longest;
    }
}
