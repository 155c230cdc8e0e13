package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WxfluxTests {
    @TempDir
    Path directory;

    private final CommandLineRun run = CommandLineRun.plain();

    @Test
    void aGoodFileIsCountedOnOneLine() throws IOException {
        Path file = write("""
                sinks: { archive: { type: file, path: e.ndjson }, screen: { type: console } }
                accounts: [{ id: a }, { id: b }, { id: c }]
                """);
        assertThat(run.execute("check", file.toString())).isZero();
        assertThat(run.out()).isEqualTo(file + ": ok: 3 accounts, 2 sinks\n");
        assertThat(run.err()).isEmpty();
        try (var left = Files.list(directory)) {
            assertThat(left).as("check creates nothing").containsExactly(file);
        }
    }

    @Test
    void aFileThatShowsNobodyTheCodesIsNoted() throws IOException {
        Path file = write("{ sinks: { a: { type: file, path: e } }, accounts: [{ id: a }] }");
        assertThat(run.execute("check", file.toString())).isZero();
        assertThat(run.out()).contains("1 account, 1 sink\n").contains("no sink shows QR codes");
    }

    @ParameterizedTest
    @CsvSource({"check", "run"})
    void everyProblemGoesToStderrAndNothingIsStarted(String command) throws IOException {
        Path file = write("stat: x\naccounts: [{ id: a, mode: dektop }]\n");
        assertThat(run.execute(command, file.toString())).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        file + ":1:1: stat: unknown key; did you mean state?",
                        file + ":2:27: accounts[0].mode: must be web or desktop, not \"dektop\"; did you mean desktop?",
                        "wxflux: 2 problems; nothing was started");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void placesThatARunCouldNotWriteAreNamed() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Path file = write("""
                state: file/state
                sinks: { archive: { type: file, path: out/e.ndjson }, other: { type: file, path: file/e.ndjson } }
                accounts: [{ id: a, mode: desktop, desktop: { extspam: c4nary!, client-version: 2.0.0 } }]
                """);
        assertThat(run.execute("check", file.toString())).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("c4nary");
        assertThat(run.err().lines())
                .containsExactly(
                        file + ":1:8: state: \"" + directory + "/file/state\" cannot be made: \"" + directory
                                + "/file\" is no directory",
                        file + ":2:39: sinks.archive.path: there is no folder \"" + directory
                                + "/out\"; make it, or correct the path",
                        file + ":2:82: sinks.other.path: \"" + directory + "/file\" is no folder",
                        file + ":3:56: accounts[0].desktop.extspam: must be base64, on one line",
                        "wxflux: 4 problems; nothing was started");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rwxrwx--- | can be written by others
                    rwx---rwx | run: chmod 700
                    """)
    void aStateDirectoryThatTheJournalWouldRefuseIsNamed(String mode, String message) throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(mode));
        Path file = write("accounts: [{ id: a }]\n");
        assertThat(run.execute("check", file.toString())).isEqualTo(2);
        assertThat(run.err())
                .startsWith(file + ":1:1: state: \"" + state + "\" (" + mode + ")")
                .contains(message);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        assertThat(run.execute("check", file.toString())).isZero();
    }

    @Test
    void aStateThatIsAFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("state"), "");
        Path file = write("accounts: [{ id: a }]\n");
        assertThat(run.execute("check", file.toString())).isEqualTo(2);
        assertThat(run.err()).contains("/state\" is no directory");
    }

    @Test
    void theKeysAreATable() {
        assertThat(run.execute("check", "--keys")).isZero();
        assertThat(run.out()).startsWith("| key |").contains("| `http.connect-to` |");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                  | Missing command
                    check               | Missing required parameter
                    run                 | Missing required parameter
                    chekc               | check
                    outbocks --help     | outbox
                    demo --for 20       | no duration such as
                    simulator --port 70000 | --port must be from 0 to 65535
                    simulator --messages x | is no number
                    simulator --accounts x | is no whole number
                    simulator --accounts 0 | --accounts must be from 1 to 100000
                    """)
    void wrongArgumentsAreCodeTwo(String line, String message) {
        assertThat(run.execute(line.isEmpty() ? new String[0] : line.split(" ")))
                .isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aControlPortThatIsTakenIsTheOneThatIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run.execute(
                            "simulator",
                            "--port",
                            "0",
                            "--control-port",
                            String.valueOf(taken.getLocalPort()),
                            "--ca-out",
                            directory.resolve("ca.pem").toString()))
                    .isEqualTo(1);
            assertThat(run.err())
                    .contains("port " + taken.getLocalPort() + " is taken", "--control-port")
                    .doesNotContain("port 0", "--port,");
        }
    }

    @Test
    void anAuthorityThatCannotBeWrittenNamesItsFolder() throws IOException {
        Path folder = Files.writeString(directory.resolve("file"), "");
        assertThat(run.execute(
                        "simulator",
                        "--port",
                        "0",
                        "--ca-out",
                        folder.resolve("ca.pem").toString()))
                .isEqualTo(1);
        assertThat(run.err())
                .contains("Make the folder " + folder + " writable")
                .doesNotContain("Delete", "Exception");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run.execute("--help")).isZero();
        assertThat(run.out()).contains("demo", "run", "check", "simulator", "Exit codes: 0");
        CommandLineRun version = CommandLineRun.plain();
        assertThat(version.execute("--version")).isZero();
        assertThat(version.out()).startsWith("wxflux ");
    }

    @Test
    void itCanBeCalledFromAnotherProgram() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Wxflux.execute(
                        new String[] {"check", "--keys"}, new ByteArrayInputStream(new byte[0]), stream, stream))
                .isZero();
        assertThat(out.size()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"300,1100,false", "1000,1100,true", "1000,0,false", "300,1099,true"})
    void tooFewFilesAreWarnedAbout(int accounts, long limit, boolean warned) {
        assertThat(DescriptorLimit.warning(accounts, limit).isPresent()).isEqualTo(warned);
    }

    @ParameterizedTest
    @CsvSource({"abc,3", "小艾,4", "卡罗尔🌸,8", "é,1", "👨‍👩‍👧,6", "✅,2"})
    void chineseTakesTwoColumns(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
        assertThat(TextWidth.of(TextWidth.fit(text, 20))).isEqualTo(20);
        assertThat(TextWidth.of(TextWidth.fit(text.repeat(20), 9))).isEqualTo(9);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("accounts.yaml"), yaml);
    }
}
