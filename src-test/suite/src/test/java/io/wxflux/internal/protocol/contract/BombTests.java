package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.proof.ChildProcess;
import io.wxflux.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies and heads made to take all memory, at every endpoint, over TLS, in a process whose heap could not hold one of them:
 * each call ends, the process lives, and another account beside it gets its answers.
 */
@Tag("process")
class BombTests {
    private static final int MIB = 1 << 20;
    private static final Pattern LINE = Pattern.compile(
            "(\\w+): (\\d+) of (\\d+) failed, the longest after (\\d+) ms, download (\\w+).*, live heap \\+(-?[\\d.]+) MiB");

    @RegisterExtension
    final Wire wire = new Wire();

    @TempDir
    Path directory;

    /** Those that are beyond a limit of every call. */
    private static Map<String, BombServer.Bomb> beyond() {
        Map<String, BombServer.Bomb> all = new LinkedHashMap<>();
        all.put("gzip", BombServer.gzip());
        all.put("chunked", BombServer.gigabyteInChunks());
        all.put("announced", BombServer.gigabyteAnnounced());
        all.put("endless", BombServer.gigabyteWithoutLength());
        all.put("headers", BombServer.headers());
        all.put("header", BombServer.oneHeader());
        return all;
    }

    /** Those that some calls may read, and others refuse. */
    private static Map<String, BombServer.Bomb> within() {
        Map<String, BombServer.Bomb> all = new LinkedHashMap<>();
        all.put("deep", BombServer.text("[".repeat(10_000)));
        all.put("deeper", BombServer.text("[".repeat(140_000) + "]".repeat(140_000)));
        all.put("digits", BombServer.text("1".repeat(2 * MIB)));
        all.put("messages", BombServer.json("AddMsgList", "0", 15 * MIB));
        all.put("changes", BombServer.json("ModContactList", "{\"UserName\":\"a\"}", 15 * MIB));
        all.put("removals", BombServer.json("DelContactList", "{\"UserName\":\"a\"}", 15 * MIB));
        all.put(
                "members",
                BombServer.json("MemberList", "{\"UserName\":\"a\",\"MemberList\":[{\"UserName\":\"b\"}]}", 31 * MIB));
        all.put("names", BombServer.json("x\":{},\"y", "{\"aaaa\":0}", 15 * MIB));
        return all;
    }

    /** A few of them; the others are of the same sort. */
    @Test
    void nothingThatComesTakesTheMemoryOfAProcess() throws Exception {
        Map<String, BombServer.Bomb> bombs = new LinkedHashMap<>(beyond());
        bombs.putAll(within());
        bombs.keySet().retainAll(Set.of("gzip", "chunked", "headers", "messages"));
        prove(bombs, "-Xmx128m");
    }

    @Test
    @Tag("proof")
    void noBombTakesTheMemoryOfAProcess() throws Exception {
        prove(beyond(), "-Xmx128m");
    }

    /** What is as large as it may be is read, and then there are the body, a copy of it and what it says. */
    @Test
    @Tag("proof")
    void whatIsReadTakesAFewTimesItsSize() throws Exception {
        prove(within(), "-Xmx192m");
    }

    private void prove(Map<String, BombServer.Bomb> bombs, String heap) throws Exception {
        wire.answer(Step.SYNC.answer);
        SSLContext tls = wire.server().tls();
        Map<String, BombServer> servers = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(wire.wireMock().httpsPort()),
                String.valueOf(wire.http().trust())));
        try {
            for (Map.Entry<String, BombServer.Bomb> bomb : bombs.entrySet()) {
                BombServer server = new BombServer(tls, bomb.getValue());
                servers.put(bomb.getKey(), server);
                arguments.add(bomb.getKey() + "=" + server.port());
            }
            String output = run(heap, arguments);
            System.out.println(output);
            Map<String, MatchResult> lines = new LinkedHashMap<>();
            LINE.matcher(output).results().forEach(line -> lines.put(line.group(1), line));
            assertThat(lines.keySet()).as(output).containsExactlyElementsOf(bombs.keySet());
            lines.forEach((name, line) -> {
                if (beyond().containsKey(name)) {
                    // A push login that fails is none, and no error: a code is shown instead.
                    assertThat(line.group(2))
                            .as(line.group())
                            .isEqualTo(Integer.toString(Integer.parseInt(line.group(3)) - 1));
                    assertThat(line.group(5)).as(line.group()).isEqualTo("failed");
                }
                assertThat(Double.parseDouble(line.group(6)))
                        .as("left behind: %s", line.group())
                        .isLessThan(16);
            });
            assertThat(output).containsPattern("beside it \\d{2,} answered and 0 not");
        } finally {
            for (BombServer server : servers.values()) {
                server.close();
            }
        }
    }

    /**
     * Of 128 MiB the old generation, where large arrays are, has 85: room for what is there anyway and some 64 MiB more. Beyond
     * it the process ends.
     */
    private String run(String heap, List<String> arguments) throws IOException {
        try (var program = ChildProcess.start(
                List.of(heap, "-XX:+UseSerialGC"),
                directory.resolve("out.log"),
                "io.wxflux.internal.protocol.contract.BombProgram",
                arguments.toArray(String[]::new))) {
            Await.until(
                    Duration.ofSeconds(180),
                    () -> program.output().contains("done: ") || !program.isAlive(),
                    program::output);
            return program.output();
        }
    }
}
