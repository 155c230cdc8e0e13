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

    /** The end of a reason says what helps. */
    @Test
    void statusTellsTroublesInFull() throws IOException {
        String reason =
                "the account that signed in has the uin 1234567890, not 9876543210: it was logged out again, and"
                        + " the right phone has to scan";
        HttpServer server = answering(
                "{\"accounts\":[{\"id\":\"shop\",\"state\":\"REFUSED\",\"lastError\":\"" + reason
                        + "\",\"sinks\":{\"crm\":{\"behind\":2,\"trouble\":\"no connection\"}}}]}",
                new CountDownLatch(0));
        CommandLineRun run = new CommandLineRun(true);
        assertThat(run.execute("status", "-c", file())).isZero();
        server.stop(0);
        assertThat(run.out().lines()).last().isEqualTo("shop: " + reason + "; sink crm: no connection");
    }

    /** What the account sent itself is known by its echo, and stood in no journal. */
    @Test
    void aTraceWithoutAPlaceSaysWhatThatMeans() throws IOException {
        HttpServer server = answering(
                "{\"traces\":[{\"account\":\"shop\",\"id\":\"1930\",\"received\":\"2026-01-01T00:00:00Z\",\"sinks\":{}}]}",
                new CountDownLatch(0));
        for (String name : new String[] {"1930", "shop-1930"}) {
            CommandLineRun run = CommandLineRun.plain();
            assertThat(run.execute("trace", name, "-c", file())).isZero();
            assertThat(run.out())
                    .startsWith("shop-1930\n")
                    .contains("known since   2026-01-01", "not there any more", "or this account sent it")
                    .doesNotContain("received");
        }
        CommandLineRun other = CommandLineRun.plain();
        assertThat(other.execute("trace", "shop-1930", "-a", "crm", "-c", file()))
                .isEqualTo(2);
        server.stop(0);
        assertThat(other.err()).contains("shop-1930 is an event of another account than crm");
    }

    @Test
    void theOutboxNamesWhomItKnows() throws IOException {
        HttpServer server = answering(
                "{\"pending\":[{\"id\":\"17\",\"to\":\"@ab\",\"name\":\"Ann\",\"kind\":\"text\",\"state\":\"queued\"},"
                        + "{\"id\":\"18\",\"to\":\"filehelper\",\"kind\":\"image\",\"state\":\"sent\"}]}",
                new CountDownLatch(0));
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute("outbox", "-a", "shop", "-c", file())).isZero();
        server.stop(0);
        assertThat(run.out().lines().map(String::strip))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("ID  TO"),
                        first -> assertThat(first).matches("17 +Ann +text +queued"),
                        second -> assertThat(second).matches("18 +filehelper +image +sent"));
    }

    @Test
    void errorsOfTheEndpointAreWordsForWhoTypes() {
        String token = EngineClient.refusal(401, "{\"message\":\"m\",\"remedy\":\"send `Authorization: Bearer x`\"}")
                .getMessage();
        assertThat(token).contains("control.json").doesNotContain("Bearer");
        String unready = EngineClient.refusal(
                        409,
                        "{\"error\":\"not-signed-in\",\"message\":\"account shop is not signed in now (SCANNING); wait for"
                                + " the event wx.account.ready and try again\",\"remedy\":\"see the account's state\"}")
                .getMessage();
        assertThat(unready)
                .isEqualTo("account shop is not signed in now (SCANNING). `wxflux status` shows how the account is:"
                        + " scan its code, or wait for it");
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
