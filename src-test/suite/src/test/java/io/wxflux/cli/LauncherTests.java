package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java and a Maven that only pretend, in a directory with blanks in its name. */
@Tag("scenario")
@DisabledOnOs(OS.WINDOWS)
class LauncherTests {
    private static final List<String> TOOLS = List.of(
            "dirname",
            "readlink",
            "sed",
            "head",
            "tail",
            "grep",
            "find",
            "mkdir",
            "rm",
            "mv",
            "cat",
            "sleep",
            "touch",
            "awk",
            "stty");

    @TempDir
    Path directory;

    private Path home = Path.of("");
    private Path bin = Path.of("");

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void project() throws IOException {
        home = Files.createDirectories(directory.resolve("a project"));
        bin = Files.createDirectories(directory.resolve("jdk/bin"));
        Path launcher = Path.of("../../wxflux").toAbsolutePath().normalize();
        Files.copy(launcher, home.resolve("wxflux"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String part : List.of(
                ".mvn",
                "engine",
                "adapters/journal",
                "adapters/file",
                "adapters/config",
                "adapters/control",
                "adapters/cli",
                "bench/simulator")) {
            Files.createDirectories(home.resolve(part));
        }
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(place, tool);
                if (Files.exists(real) && Files.notExists(bin.resolve(tool))) {
                    script(tool, "exec " + real + " \"$@\"");
                }
            }
        }
    }

    @Test
    void aMissingJavaIsSaidInOneSentence() throws Exception {
        Result result = run();
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err.lines())
                .singleElement()
                .asString()
                .contains("Java is missing: install a JDK 17 or newer");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        java("11.0.2");
        assertThat(run().err).contains("Java 11.0.2 is too old: install a JDK 17 or newer");
        java("1.8.0");
        assertThat(run().err).contains("Java 1.8.0 is too old");
    }

    @Test
    void mavenIsNeededOnlyForABuild() throws Exception {
        java("17.0.15");
        Result result = run();
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err.lines()).singleElement().asString().contains("Maven is missing: install Maven 3.8.6");
        maven("3.6.3", 0);
        assertThat(run().err).contains("Maven 3.6.3 is too old");
        maven("3.8.7", 0);
        assertThat(run().code).isZero();
        Files.delete(bin.resolve("mvn"));
        assertThat(run().code).isZero();
    }

    @Test
    void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        java("21");
        maven("3.9.9", 0);
        Result first = run("check", "a file.yaml", "*");
        assertThat(first.err).contains("building, once");
        assertThat(first.out).contains("[a file.yaml]", "[*]", "[-XX:+ExitOnOutOfMemoryError]");
        assertThat(run().err).isEmpty();
        assertThat(builds()).isEqualTo(1);
        Path source = Files.writeString(home.resolve("engine/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndKeepsItsLog() throws Exception {
        java("17.0.1");
        maven("3.9.9", 1);
        Result result = run();
        assertThat(result.code).isEqualTo(1);
        assertThat(result.err)
                .contains("[ERROR] no")
                .contains("the build failed")
                .contains("launcher-build.log");
        assertThat(home.resolve("target/launcher-build.lock")).doesNotExist();
    }

    @Test
    void ofManyAtOnceOneBuilds() throws Exception {
        java("17.0.1");
        maven("3.9.9", 0);
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(start());
        }
        for (Process process : all) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theLockOfABuildThatDiedIsTakenOver() throws Exception {
        java("17.0.1");
        maven("3.9.9", 0);
        Path lock = Files.createDirectories(home.resolve("target/launcher-build.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");
        assertThat(run().code).isZero();
    }

    @Test
    void itIsFoundThroughALinkAndFromAnywhere() throws Exception {
        java("17.0.1");
        maven("3.9.9", 0);
        Path link = Files.createSymbolicLink(directory.resolve("a link"), home.resolve("wxflux"));
        Process process = builder(link, List.of()).directory(directory.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("[" + home.toRealPath() + "/adapters/cli/target/wxflux.jar]");
    }

    @Test
    void furtherJarsAreTakenFromTheEnvironment() throws Exception {
        java("17.0.1");
        maven("3.9.9", 0);
        ProcessBuilder builder = builder(home.resolve("wxflux"), List.of("check", "a file.yaml"));
        builder.environment().put("WXFLUX_CLASS_PATH", "/opt/more jars/a.jar:/opt/b/*");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out)
                .contains("[-cp]\n[" + home.toRealPath()
                        + "/adapters/cli/target/wxflux.jar:/opt/more jars/a.jar:/opt/b/*]\n[io.wxflux.cli.Wxflux]\n"
                        + "[check]\n[a file.yaml]")
                .doesNotContain("[-jar]");
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    private void java(String version) throws IOException {
        Files.writeString(directory.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script("java", "for each in \"$@\"; do printf '[%s]\\n' \"$each\"; done");
        script("javac", "exit 0");
    }

    private void maven(String version, int code) throws IOException {
        script("mvn", """
                if [ "$1" = -v ]; then echo "Apache Maven %s (abc)"; exit 0; fi
                echo built >>builds
                sleep 1
                if [ %d -ne 0 ]; then echo "[ERROR] no"; exit %d; fi
                mkdir -p adapters/cli/target
                touch adapters/cli/target/wxflux.jar
                """.formatted(version, code, code));
    }

    private void script(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Result run(String... args) throws Exception {
        Process process = start(args);
        byte[] out = process.getInputStream().readAllBytes();
        byte[] err = process.getErrorStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(), new String(out, StandardCharsets.UTF_8), new String(err, StandardCharsets.UTF_8));
    }

    private Process start(String... args) {
        try {
            return builder(home.resolve("wxflux"), List.of(args)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(Path launcher, List<String> args) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        return builder;
    }
}
