package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A browser opens the report and has nothing to complain about. Needs Chromium; without one there is nothing to show. */
@Tag("proof")
class ReportBrowserTest {
    private static final List<String> NAMES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void theConsoleStaysEmpty() throws Exception {
        String page = opened(Report.of(Sample.result(100, 1.0)));
        assertThat(page).contains("<svg", "100 accounts under load").doesNotContain("CONSOLE");
    }

    @Test
    @Timeout(120)
    void anErrorInAPageWouldBeSeen() throws Exception {
        assertThat(opened("<!doctype html><script>console.error('broken')</script>"))
                .contains("CONSOLE");
    }

    /** The document as the browser has it, and whatever was said on the console. */
    private String opened(String page) throws Exception {
        Optional<String> browser =
                NAMES.stream().filter(name -> Files.isExecutable(Path.of(name))).findFirst();
        assumeTrue(browser.isPresent(), "no Chromium here");
        Path file = Files.writeString(directory.resolve("report.html"), page);
        Path log = directory.resolve("log");
        Path dom = directory.resolve("dom");
        Process process = new ProcessBuilder(Stream.of(
                                browser.orElseThrow(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--no-first-run",
                                "--enable-logging=stderr",
                                "--user-data-dir=" + directory.resolve("profile"),
                                "--dump-dom",
                                file.toUri().toString())
                        .toList())
                .redirectError(log.toFile())
                .redirectOutput(dom.toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not end");
        }
        return Files.readString(dom) + new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}
