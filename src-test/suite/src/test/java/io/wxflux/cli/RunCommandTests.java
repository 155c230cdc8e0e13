package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wxflux.file.FileSink;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimMessage;
import io.wxflux.simulator.SimPeer;
import io.wxflux.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Tag("scenario")
class RunCommandTests {
    private static final long SOON = 30;

    @TempDir
    Path directory;

    @Test
    void accountsRunUntilTheStopAndGoOnWithoutAScan() throws Exception {
        try (Simulator simulator = Simulator.builder()
                .autoScan(Duration.ofMillis(50), Duration.ofMillis(50))
                .start()) {
            List<SimAccount> accounts = simulator.addAccounts(2);
            simulator.writeCaPem(directory.resolve("ca.pem"));
            Path file = configuration(simulator.port());

            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            Logger logger = (Logger) LoggerFactory.getLogger("io.wxflux.cli");
            Level level = logger.getLevel();
            logger.setLevel(Level.INFO);
            logger.addAppender(log);
            CommandLineRun first = CommandLineRun.plain();
            CompletableFuture<Integer> code = first.start("run", file.toString());
            await(() -> accounts.stream().allMatch(account -> account.openPolls() == 1));
            accounts.forEach(account -> account.queue(SimMessage.text(SimPeer.friend(1), "一 first")));
            await(() -> first.out().split("一 first", -1).length == 3);
            first.stop();
            assertThat(code.get(SOON, TimeUnit.SECONDS)).isZero();
            assertThat(first.out()).contains("https://login.weixin.qq.com/l/").contains("scan the QR code (1 of 5)");
            logger.detachAppender(log);
            logger.setLevel(level);
            assertThat(first.out()).contains("logged in as", "ready:");
            assertThat(log.list)
                    .isNotEmpty()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains("logged in as") || line.contains("ready:"));

            accounts.forEach(SimAccount::declareRestart);
            accounts.forEach(account -> account.queue(SimMessage.text(SimPeer.friend(1), "二 second")));
            CommandLineRun second = CommandLineRun.plain();
            CompletableFuture<Integer> again = second.start("run", file.toString());
            await(() -> second.out().split("二 second", -1).length == 3);
            second.stop();
            assertThat(again.get(SOON, TimeUnit.SECONDS)).isZero();
            assertThat(second.out()).contains("without a login").doesNotContain("scan the QR", "一 first");

            String events = Files.readString(directory.resolve("events.ndjson"));
            assertThat(events.split("一 first", -1)).hasSize(3);
            assertThat(events.split("二 second", -1)).hasSize(3);
            assertThat(accounts).allMatch(account -> account.logins() == 1);
            simulator.assertNoViolations();
        }
    }

    @Test
    void aStateDirectoryThatCannotBeUsedEndsTheRun() throws IOException {
        Files.writeString(directory.resolve("state"), "a file");
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute("run", configuration(1).toString())).isEqualTo(2);
        assertThat(run.err()).contains(directory.resolve("state") + "\" is no directory", "nothing was started");
    }

    /** The sink's file is taken first; that the whole directory is in use is what helps. */
    @Test
    void aSecondRunIsToldOfTheFirst() throws Exception {
        Path file = configuration(1);
        Path state = Files.createDirectory(directory.resolve("state"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Waits for its standard input: a live Java process that is not this one.
        Process other = new ProcessBuilder(java.toString(), "--source", "17", "/dev/stdin").start();
        FileSink first = new FileSink("first", directory.resolve("events.ndjson"));
        try {
            first.open().block(Duration.ofSeconds(SOON));
            Files.writeString(state.resolve("lock"), other.pid() + "\n");
            CommandLineRun run = CommandLineRun.plain();
            assertThat(run.execute("run", file.toString())).isEqualTo(1);
            assertThat(run.err())
                    .contains(state + " is in use by another process (" + other.pid() + "): stop that one");
        } finally {
            first.close().block(Duration.ofSeconds(SOON));
            other.destroyForcibly();
        }
    }

    private Path configuration(int port) throws IOException {
        String trust = Files.exists(directory.resolve("ca.pem")) ? "trust: ca.pem, " : "";
        return Files.writeString(directory.resolve("accounts.yaml"), """
                http: { %sconnect-to: 127.0.0.1:%d }
                sinks:
                  archive: { type: file, path: ./events.ndjson }
                  screen: { type: console }
                accounts: [{ id: one }, { id: two }]
                """.formatted(trust, port));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
