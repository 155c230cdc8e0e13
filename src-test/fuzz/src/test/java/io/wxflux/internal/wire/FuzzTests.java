package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jazzer mutates the kept corpus, guided by coverage, in a JVM of its own with 512 MB; its hooks fail a run that opens a
 * file or a connection. In every build the same inputs each time, by a fixed seed and number; {@code -Pproof} goes on for
 * minutes from another seed each time. A finding is left in {@code target/fuzz}: it belongs into the corpus, with the fix.
 */
class FuzzTests {
    private static final int RUNS = Integer.getInteger("wxflux.fuzz.runs", 2_000);
    private static final int SECONDS = Integer.getInteger("wxflux.fuzz.seconds", 0);
    /** Of the clock, and the first input also loads all classes: a machine that is busy must not look like a hang. */
    private static final String LONGEST_INPUT_SECONDS = "60";

    @ParameterizedTest
    @CsvSource({"json, JsonTarget", "script, ScriptTarget", "xml, XmlTarget"})
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void noInputIsTooStrange(String corpus, String target) throws Exception {
        Path work = Files.createDirectories(Path.of("target", "fuzz", corpus)).toAbsolutePath();
        Path grown = Files.createDirectories(work.resolve("corpus"));
        if (SECONDS == 0) {
            clear(grown);
        }
        Path output = work.resolve("output.txt");
        Process fuzzer = new ProcessBuilder(command(target, work, grown, CorpusTests.CORPUS.resolve(corpus)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int status = fuzzer.waitFor();

            String said = Files.readString(output);
            assertThat(status).as(said).isZero();
            assertThat(said).containsPattern("Done [0-9]+ runs");
            if (SECONDS > 0) {
                System.out.println("fuzz " + corpus + ": "
                        + said.substring(said.lastIndexOf("Done ")).strip());
            }
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private static List<String> command(String target, Path work, Path grown, Path kept) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        if (SECONDS == 0) {
            command.add(1, "-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTests.class.getPackageName() + "." + target,
                "--instrumentation_includes=io.wxflux.internal.**:com.fasterxml.aalto.**:tools.jackson.core.json.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-timeout=" + LONGEST_INPUT_SECONDS,
                "-max_len=8192",
                "-print_final_stats=1"));
        command.addAll(SECONDS == 0 ? List.of("-seed=1", "-runs=" + RUNS) : List.of("-max_total_time=" + SECONDS));
        command.addAll(List.of(grown.toString(), kept.toAbsolutePath().toString()));
        return command;
    }

    private static void clear(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
