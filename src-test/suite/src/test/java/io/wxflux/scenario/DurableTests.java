package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.EngineOptions;
import io.wxflux.event.AccountState;
import io.wxflux.file.FileSink;
import io.wxflux.journal.FileJournal;
import io.wxflux.options.AccountSpec;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.sink.SinkSpec;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine on real files: stopped, started again, and with its state directory gone. */
@Tag("scenario")
class DurableTests {
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"(\\d+)\"");
    private static final Pattern TEXT = Pattern.compile("\"text\":\"(#\\d+)");

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    @Test
    void aStopAndAStartGoOnWithoutAScanAndTheFileHasEverythingOnce() throws IOException {
        SimAccount alice = alice();
        runUntilItHas(alice, 5);
        alice.queueBurst(5);
        runUntilItHas(alice, 10);
        assertThat(alice.logins()).isEqualTo(1);
        assertThat(texts()).isEqualTo(numbered(10));
        assertThat(sequences()).isEqualTo(upTo(sequences().size()));
    }

    @Test
    void withTheStateDirectoryGoneTheFileGoesOnWhereItWas() throws IOException {
        SimAccount alice = alice();
        runUntilItHas(alice, 5);
        wipe(directory.resolve("state"));
        alice.end(1100);
        alice.queueBurst(5);
        runUntilItHas(alice, 10);
        assertThat(alice.logins()).isEqualTo(2);
        assertThat(texts()).isEqualTo(numbered(10));
        assertThat(sequences()).isEqualTo(upTo(sequences().size()));
    }

    private SimAccount alice() {
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_020).withContacts(3, 1, 3));
        alice.queueBurst(5);
        return alice;
    }

    private void runUntilItHas(SimAccount account, int count) {
        EngineOptions.Builder options = weChat.options()
                .coordinator(FileJournal.open(directory.resolve("state")))
                .sink(SinkSpec.of("archive", new FileSink("archive", events())))
                .account(AccountSpec.of("alice"));
        try (var running = RunningEngine.start(options)) {
            running.awaitState("alice", AccountState.SYNCING);
            Await.until(() -> texts().size() >= count);
            // Without its state the service is not told what was had; let it be told before.
            Await.until(() -> account.acknowledged() >= account.lastSeq());
        }
    }

    private Path events() {
        return directory.resolve("events.ndjson");
    }

    private List<String> texts() {
        return found(TEXT);
    }

    private List<Integer> sequences() {
        return found(SEQUENCE).stream().map(Integer::valueOf).toList();
    }

    private List<String> found(Pattern pattern) {
        try {
            return Files.exists(events())
                    ? Files.readAllLines(events()).stream()
                            .map(pattern::matcher)
                            .filter(Matcher::find)
                            .map(found -> found.group(1))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj("#%06d"::formatted).toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void wipe(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
