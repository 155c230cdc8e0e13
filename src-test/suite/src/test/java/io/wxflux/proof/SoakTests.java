package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long run in which 1 % of all that is fetched goes wrong: threads, files and memory stay as they are. */
@Tag("process")
class SoakTests {
    private static final int ACCOUNTS = 200;
    private static final int WARM_UP_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    @Tag("proof")
    @Timeout(4800)
    void nothingGrows() throws Exception {
        int seconds = Integer.getInteger("wxflux.soak.seconds", 600);
        try (var service = new RemoteService(directory, ACCOUNTS)) {
            var runner = new Runner(directory, service.port(), service.authority(), ACCOUNTS);
            var events = new EventsFile(runner.events());
            try (var run = runner.start()) {
                Await.until(Duration.ofSeconds(180), () -> events.ready() >= ACCOUNTS, run::output);
                service.post("/load", "{\"rate\": 0.5}");
                service.post("/storm", "{\"seed\": 8, \"share\": 0.01, \"every\": 0}");
                LockSupport.parkNanos(Duration.ofSeconds(WARM_UP_SECONDS).toNanos());
                List<Long> threads = new ArrayList<>();
                List<Long> files = new ArrayList<>();
                List<Long> memory = new ArrayList<>();
                for (int second = 0; second < seconds; second += 5) {
                    threads.add((long) run.threads());
                    files.add((long) run.descriptors());
                    memory.add(run.resident());
                    LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                }
                service.delete("/storm");
                service.post("/load", "{\"rate\": 0}");
                long queued = service.sum("queued");
                Await.until(
                        Duration.ofSeconds(120),
                        () -> events.messages() >= queued,
                        () -> events.messages() + " of " + queued);
                String verdict = service.judge(runner.events());
                assertThat(verdict).contains("\"exact\":true");
                assertThat(service.sum("logins")).isEqualTo(ACCOUNTS);
                assertThat(run.terminate()).isZero();
                System.out.println("soak, " + ACCOUNTS + " accounts, " + seconds + " s, 1 % of webwxsync going wrong: "
                        + queued + " messages, " + verdict + "; threads " + span(threads) + ", files " + span(files)
                        + ", resident KiB " + span(memory) + ", by thirds " + thirds(memory));
                // A pool may lend its last connection in the middle of a look: the thirds are compared, not each look.
                assertThat(max(third(threads, 2))).isLessThanOrEqualTo(max(third(threads, 0)) + 1);
                assertThat(max(third(files, 2))).isLessThanOrEqualTo(max(third(files, 0)) + ACCOUNTS / 20);
                assertThat(run.output()).doesNotContain("LEAK:");
            }
        }
    }

    private static List<Long> third(List<Long> all, int which) {
        return all.subList(all.size() * which / 3, all.size() * (which + 1) / 3);
    }

    private static long max(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static String span(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).min().orElseThrow() + " to " + max(all);
    }

    private static String thirds(List<Long> all) {
        return max(third(all, 0)) + ", " + max(third(all, 1)) + ", " + max(third(all, 2));
    }
}
