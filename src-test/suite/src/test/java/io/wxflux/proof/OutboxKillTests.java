package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.Fault;
import io.wxflux.simulator.FaultRule;
import io.wxflux.simulator.SentMessage;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends whose answers are lost, from a process that is killed again and again: the recipient gets each once, in order. */
@Tag("process")
class OutboxKillTests {
    private static final int TEXTS = 60;

    @TempDir
    Path directory;

    @Test
    void twoKillsSendEverythingOnce() throws IOException {
        prove(2, 17);
    }

    @Test
    @Tag("proof")
    @Timeout(1200)
    void tenKillsSendEverythingOnce() throws IOException {
        prove(10, Long.getLong("wxflux.seed", 5));
    }

    private void prove(int kills, long seed) throws IOException {
        Path notes = directory.resolve("notes.txt");
        Random random = new Random(seed);
        try (var service = new Service(directory, 1)) {
            service.simulator()
                    .addFault(FaultRule.on("*", new Fault.LostAnswer())
                            .withCall("webwxsendmsg")
                            .withProbability(0.3));
            for (int kill = 0; kill < kills; kill++) {
                try (var program = start(service, notes)) {
                    int before = sent(service).size();
                    Await.until(
                            Duration.ofSeconds(60),
                            () -> Files.exists(notes) && sent(service).size() > before,
                            program::output);
                    LockSupport.parkNanos(
                            Duration.ofMillis(random.nextInt(1500)).toNanos());
                    program.kill();
                }
            }
            try (var program = start(service, notes)) {
                Await.until(
                        Duration.ofSeconds(240),
                        () -> ended(notes) >= TEXTS,
                        () -> ended(notes) + " of " + TEXTS + "\n" + program.output());
                assertThat(program.terminate()).isIn(0, 143);
            }
            assertThat(sent(service))
                    .extracting(SentMessage::content)
                    .isEqualTo(
                            IntStream.range(0, TEXTS).mapToObj(i -> "text " + i).toList());
            assertThat(Files.readAllLines(notes).stream().filter(line -> !line.equals("all put")))
                    .allMatch(line -> line.startsWith("ACCEPTED "));
            System.out.println("outbox, " + kills + " kills, 30 % of the answers lost: " + TEXTS
                    + " messages, each received once and in order, in "
                    + sent(service).stream().mapToInt(SentMessage::attempts).sum() + " attempts");
        }
    }

    private static List<SentMessage> sent(Service service) {
        return service.accounts().get(0).sent();
    }

    private static long ended(Path notes) {
        try {
            return Files.readAllLines(notes).stream()
                    .filter(line -> line.startsWith("ACCEPTED ") || line.startsWith("UNKNOWN "))
                    .distinct()
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    private ChildProcess start(Service service, Path notes) {
        return ChildProcess.start(
                directory.resolve("program.log"),
                OutboxProgram.class.getName(),
                directory.resolve("state").toString(),
                Integer.toString(service.port()),
                service.authority().toString(),
                notes.toString(),
                Integer.toString(TEXTS));
    }
}
