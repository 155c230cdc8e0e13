package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTests {
    @TempDir
    Path directory;

    @Test
    void itPlaysLeavesItsFilesAndCanBePlayedAgain() throws Exception {
        Path dir = directory.resolve("演示 demo");
        CommandLineRun first = CommandLineRun.plain();
        assertThat(first.execute("demo", "--for", "11s", "--dir", dir.toString()))
                .isZero();
        assertThat(first.out())
                .contains("https://login.weixin.qq.com/l/")
                .contains("alice  logged in as 小艾 Alice")
                .contains("ACCOUNT  STATE")
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
    void filesOfOthersAreNotTouched() throws IOException {
        Path mine = Files.writeString(directory.resolve("accounts.yaml"), "mine");
        CommandLineRun run = CommandLineRun.plain();
        assertThat(run.execute("demo", "--dir", directory.toString())).isEqualTo(2);
        assertThat(run.err()).contains("choose another directory");
        assertThat(mine).hasContent("mine");
    }
}
