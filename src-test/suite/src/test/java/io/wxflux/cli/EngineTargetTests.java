package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.wxflux.Engine;
import io.wxflux.journal.FileJournal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Engines that were killed, and engines that break off in the middle of an answer. */
class EngineTargetTests {
    private static final String LINE = "{\"id\":\"shop-7301\",\"replayed\":true}\n";

    @TempDir
    Path directory;

    @BeforeEach
    void configuration() throws IOException {
        Files.writeString(directory.resolve("accounts.yaml"), """
                sinks: { screen: { type: console } }
                accounts: [{ id: shop }]
                """);
        Files.createDirectory(directory.resolve("state"));
    }

    private String file() {
        return directory.resolve("accounts.yaml").toString();
    }

    private void endpoint(int port) throws IOException {
        Files.writeString(
                directory.resolve("state/control.json"),
                "{\"port\":" + port + ",\"token\":\"t\",\"pid\":"
                        + ProcessHandle.current().pid() + "}");
    }

    /** In a container every process is the first. */
    @Test
    void anEngineOfTheCommandsOwnNumberIsDead() throws IOException {
        endpoint(1);
        EngineTarget target = CommandLine.populateCommand(new EngineTarget(), "-c", file());
        assertThat(target.running(surroundings(true))).isEmpty();
        assertThat(target.running(surroundings(false))).isPresent();
    }

    private static Surroundings surroundings(boolean ownsProcess) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Surroundings(
                Screen.plain(nowhere, nowhere),
                InputStream.nullInputStream(),
                new StopSignal(),
                Engine::create,
                FileJournal::open,
                ownsProcess);
    }

    @Test
    void aReplayThatEndsBeforeItIsDoneIsNoSuccess() throws IOException {
        for (String rest : new String[] {"", "{\"id\":\"sho"}) {
            HttpServer server = answering(LINE + rest, new CountDownLatch(0));
            CommandLineRun run = CommandLineRun.plain();
            int code = run.execute("dead-letters", "replay", "-c", file());
            server.stop(0);
            assertThat(code).isEqualTo(1);
            assertThat(run.err())
                    .contains("the engine broke off", "1 replayed, 0 stay so far")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aReplayEndsWhenSomebodyWantsTheStop() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpServer server = answering("{\"id\":\"shop-7301\",\"replayed\":false,\"error\":\"no\"}\n", never);
        CommandLineRun run = CommandLineRun.plain();
        CompletableFuture<Integer> code = run.start("dead-letters", "replay", "-c", file());
        RunCommandTests.await(() -> run.out().contains("shop-7301 stays"));
        run.stop();
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        never.countDown();
        server.stop(0);
        assertThat(run.err())
                .contains("stopped before all were offered", "0 replayed, 1 stay so far")
                .doesNotContain("Exception");
    }

    private HttpServer answering(String text, CountDownLatch end) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        endpoint(server.getAddress().getPort());
        return server;
    }
}
