package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("scenario")
class DemoCommandTests {
    @TempDir
    Path directory;

    @Test
    void itPlaysLeavesItsFilesAndCanBePlayedAgain() throws Exception {
        Path dir = directory.resolve("演示 demo");
        CommandLineRun first = CommandLineRun.plain();
        CompletableFuture<Integer> played = first.start("demo", "--dir", dir.toString());
        RunCommandTests.await(() -> first.out().contains("alice  logged in as 小艾 Alice")
                && first.out().contains("bob  logged in as Bob")
                && first.out().contains("carol  logged in as 卡罗尔🌸")
                && first.out().contains("ACCOUNT  STATE")
                && first.out().contains(" -> "));
        first.stop();
        assertThat(played.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(first.out())
                .contains("https://login.weixin.qq.com/l/")
                .contains("The demo has ended.")
                .containsPattern("carol +\\d+ events?\n");
        assertThat(dir.resolve("state")).isDirectory();
        String events = Files.readString(dir.resolve("events.ndjson"));
        assertThat(events).contains("/accounts/alice", "/accounts/bob", "/accounts/carol", "wx.message.text");
        assertThat(CommandLineRun.plain()
                        .execute("check", dir.resolve("accounts.yaml").toString()))
                .isZero();

        CommandLineRun second = new CommandLineRun(true);
        CompletableFuture<Integer> code = second.start("demo", "--dir", dir.toString());
        RunCommandTests.await(() -> second.out().contains("Scan with WeChat"));
        CommandLineRun third = CommandLineRun.plain();
        assertThat(third.execute("demo", "--dir", dir.toString())).isEqualTo(1);
        assertThat(third.err()).contains("another demo runs in");
        RunCommandTests.await(() -> second.out().contains("logged in as"));
        second.stop();
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(second.out()).contains("\u001b[?1049h").contains("\u001b[?25h\u001b[?1049l");
    }

    @Test
    void itEndsByItselfAfterTheTimeGiven() {
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute(
                        "demo", "--for", "1s", "--dir", directory.resolve("d").toString()))
                .isZero();
        assertThat(run.out()).contains("The demo has ended");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsToldInWords() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute("demo", "--dir", file.resolve("demo").toString()))
                .isEqualTo(2);
        assertThat(run.err())
                .contains("--dir " + file.resolve("demo") + " cannot be used", "name a directory where this user may")
                .doesNotContain("Exception", "report this");
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        Path mine = Files.writeString(directory.resolve("accounts.yaml"), "mine");
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute("demo", "--dir", directory.toString())).isEqualTo(2);
        assertThat(run.err()).contains("choose another directory");
        assertThat(mine).hasContent("mine");
    }
}
