package io.wxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.WeChatHosts;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} finds wrong, on real sockets and real files, and what it says about it. */
@Tag("scenario")
class DoctorCommandTests {
    @TempDir
    Path directory;

    private final CommandLineRun line = CommandLineRun.plain();
    private String sink = "./events.ndjson";

    @BeforeEach
    void ownDirectory() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static OddHost good() {
        return host(Duration.ZERO, null);
    }

    private static OddHost host(Duration ahead, @Nullable String servedNames) {
        return new OddHost(Instant.now().plus(ahead), certificate -> {}, servedNames, allNames());
    }

    private static List<String> allNames() {
        var names = new ArrayList<String>();
        names.add(WeChatHosts.firstLogin());
        WeChatHosts.families().forEach(family -> names.addAll(family.hosts()));
        return names;
    }

    private Path config(int port, boolean trusting) throws IOException {
        Path file = directory.resolve("accounts.yaml");
        String trust = trusting ? "trust: " + OddHost.trust(directory) + ", " : "";
        return Files.writeString(file, """
                state: ./state
                http: { %sconnect-to: "127.0.0.1:%d" }
                sinks:
                  archive: { type: file, path: %s, qr: true }
                accounts:
                  - id: alice
                """.formatted(trust, port, sink));
    }

    private int doctor(Path config, String... more) {
        var arguments = new ArrayList<>(List.of("doctor", config.toString()));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void allIsWell() throws IOException {
        try (OddHost host = good()) {
            assertThat(doctor(config(host.port(), true))).isZero();
            assertThat(line.out())
                    .contains("  ok    Java " + System.getProperty("java.version"))
                    .contains("state will be made by the first run")
                    .contains("archive: ")
                    .contains("web2.wechat.com and its 3 other hosts: connection and certificate are good")
                    .contains("the clock agrees with the service's")
                    .endsWith("checks are ok.\n")
                    .doesNotContain("warn")
                    .doesNotContain("fail");
            // As often as there are hosts, once each, and nothing a session could be told by.
            assertThat(host.asked)
                    .hasSameSizeAs(allNames())
                    .allSatisfy(head ->
                            assertThat(head).startsWith("GET / HTTP/1.1\n").doesNotContainIgnoringCase("cookie"));
            assertThat(directory.resolve("state")).doesNotExist();
        }
    }

    @Test
    void aCertificateOfAnotherName() throws IOException {
        try (OddHost host = new OddHost(Instant.now(), certificate -> {}, null, List.of("evil.example"))) {
            assertThat(doctor(config(host.port(), true), "--family", "wx.qq.com"))
                    .isEqualTo(1);
            assertThat(line.out())
                    .contains(
                            "  fail  all 5 hosts: the certificate is another host's\n        -> look for a captive portal")
                    .contains("1 check failed; a run will not work well.");
            assertThat(host.asked).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherTime() throws IOException {
        Instant now = Instant.now();
        try (OddHost old = new OddHost(
                        now,
                        made -> made.notBefore(now.minus(Duration.ofDays(9))).notAfter(now.minus(Duration.ofDays(2))),
                        null,
                        allNames());
                OddHost early = new OddHost(
                        now,
                        made -> made.notBefore(now.plus(Duration.ofDays(2))).notAfter(now.plus(Duration.ofDays(9))),
                        null,
                        allNames())) {
            assertThat(doctor(config(old.port(), true), "--family", "wx.qq.com"))
                    .isEqualTo(1);
            assertThat(line.out())
                    .contains("all 5 hosts: the certificate has expired")
                    .contains("clock");
            assertThat(doctor(config(early.port(), true), "--family", "wx.qq.com"))
                    .isEqualTo(1);
            assertThat(line.out()).contains("all 5 hosts: the certificate is not valid yet");
        }
    }

    @Test
    void aCertificateOfSomebodyElsesAuthority() throws IOException {
        try (OddHost host = good()) {
            assertThat(doctor(config(host.port(), false), "--family", "wx.qq.com"))
                    .isEqualTo(1);
            assertThat(line.out())
                    .contains("vouched for by nobody who is trusted")
                    .contains("http.trust");
            assertThat(host.asked).isEmpty();
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        assertThat(doctor(config(port, true), "--family", "wx.qq.com")).isEqualTo(1);
        assertThat(line.out())
                .contains("all 5 hosts: connection refused at 127.0.0.1:" + port)
                .contains("-> start what listens there, or correct http.connect-to");
    }

    @Test
    void aNameThatDnsDoesNotKnow() throws IOException {
        Path config = config(443, true);
        Files.writeString(config, Files.readString(config).replace("127.0.0.1:443", "nowhere.invalid:443"));
        assertThat(doctor(config, "--family", "wx.qq.com")).isEqualTo(1);
        assertThat(line.out())
                .contains("all 5 hosts: http.connect-to names nowhere.invalid, which is not known to DNS");
    }

    @Test
    void aFamilyThatIsAwayIsAWarningUnlessItIsTheOneThatIsNeeded() throws IOException {
        try (OddHost host = host(Duration.ZERO, ".*(?<!wechat\\.com)")) {
            Path config = config(host.port(), true);
            assertThat(doctor(config)).isZero();
            assertThat(line.out())
                    .contains("wx.qq.com and its 3 other hosts: connection and certificate are good")
                    .contains("  warn  web.wechat.com, webpush.web.wechat.com, ")
                    .contains("only accounts that the service puts there suffer")
                    .endsWith("No check failed; 1 warning.\n");
            assertThat(doctor(config, "--family", "wx.qq.com")).isZero();
            assertThat(doctor(config, "--family", "wx.qq.com", "--family", "web.wechat.com"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aClockThatIsWrong() throws IOException {
        try (OddHost ahead = host(Duration.ofDays(3), null);
                OddHost behind = host(Duration.ofSeconds(-100), null)) {
            assertThat(doctor(config(ahead.port(), true), "--family", "wx.qq.com"))
                    .isEqualTo(1);
            assertThat(line.out())
                    .contains("fail  the clock is")
                    .contains("behind the service's")
                    .contains("timedatectl");
            assertThat(doctor(config(behind.port(), true), "--family", "wx.qq.com"))
                    .isZero();
            assertThat(line.out()).contains("warn  the clock is").contains("ahead of the service's");
        }
    }

    @Test
    void offlineOpensNoConnection() throws IOException {
        try (OddHost host = good()) {
            assertThat(doctor(config(host.port(), true), "--offline")).isZero();
            assertThat(line.out()).contains("Network: left out, as --offline says");
            assertThat(host.asked).isEmpty();
        }
    }

    @Test
    void aStateDirectoryThatCannotBeUsed() throws IOException {
        Path config = config(1, true);
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(doctor(config, "--offline")).isEqualTo(1);
        assertThat(line.out()).contains("can be written by others").contains("-> run: chmod 700 ");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        Path open = Files.createFile(
                state.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        assertThat(doctor(config, "--offline")).isZero();
        assertThat(line.out())
                .contains("1 of its files is open to other users, as " + open)
                .contains("chmod -R go= ");
        Files.delete(open);
        Files.delete(state);
        Files.createFile(state);
        assertThat(doctor(config, "--offline")).isEqualTo(1);
        assertThat(line.out()).contains("is no directory");
    }

    @Test
    void aSinkWithoutItsFolder() throws IOException {
        sink = "./missing/events.ndjson";
        assertThat(doctor(config(1, true), "--offline")).isEqualTo(1);
        assertThat(line.out())
                .contains("fail  archive: there is no folder ")
                .contains("-> make it, or correct the path");
    }

    @Test
    void aWrongFileOrFamilyIsNotLookedAt() throws IOException {
        Path config = Files.writeString(directory.resolve("accounts.yaml"), "acounts: []\n");
        assertThat(doctor(config)).isEqualTo(2);
        assertThat(line.err()).contains("nothing was started");
        assertThat(doctor(config(1, true), "--family", "wx3.qq.com")).isEqualTo(2);
        assertThat(line.err()).contains("--family is one of wx.qq.com, ");
        assertThat(line.out()).isEmpty();
    }
}
