package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A process that is measured does not spend its time on debug lines, and keeps standard output for what it tells. */
class ChildProcessTest {
    @TempDir
    Path directory;

    /** Logs, then says that it did. */
    static final class Talker {
        public static void main(String[] args) {
            LoggerFactory.getLogger("reactor.netty.http").debug("a detail");
            LoggerFactory.getLogger("reactor.netty.http").warn("a warning");
            LoggerFactory.getLogger("io.wxflux.session").debug("a detail of ours");
            LoggerFactory.getLogger("io.wxflux.session").info("news of ours");
            System.out.println("said");
        }
    }

    @Test
    @Tag("process")
    @Timeout(60)
    void onlyWhatTheRunnerLogsIsLoggedAndNotAmongWhatIsTold() throws Exception {
        Path log = directory.resolve("log");
        try (var process = new ChildProcess(List.of(), List.of(), log, Talker.class)) {
            assertThat(process.line(50_000)).isEqualTo("said");
        }
        assertThat(Files.readString(log)).contains("a warning", "news of ours").doesNotContain("a detail");
    }
}
