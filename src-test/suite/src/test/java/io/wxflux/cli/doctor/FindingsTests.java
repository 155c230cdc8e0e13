package io.wxflux.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.cli.doctor.Finding.Level;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a figure becomes a warning, and where a failure. */
class FindingsTests {
    private static final Path STATE = Path.of("state");

    @ParameterizedTest
    @CsvSource({"63, FAIL", "64, WARN", "1023, WARN", "1024, OK", "90000, OK"})
    void space(long mebibytes, Level level) {
        assertThat(DiskChecks.space(STATE, mebibytes << 20, false).level()).isEqualTo(level);
        assertThat(DiskChecks.space(STATE, mebibytes << 20, true).text()).contains("read-only");
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "30, OK", "-30, OK", "31, WARN", "-300, WARN", "301, FAIL", "-90000, FAIL"})
    void clock(long secondsAhead, Level level) {
        Finding finding = NetworkChecks.clock(Duration.ofSeconds(secondsAhead));
        assertThat(finding.level()).isEqualTo(level);
        if (level != Level.OK) {
            assertThat(finding.text()).contains(secondsAhead > 0 ? "behind the service's" : "ahead of the service's");
        }
    }

    @Test
    void javaAndNames() {
        assertThat(MachineChecks.java(16, "16.0.2").level()).isEqualTo(Level.FAIL);
        assertThat(MachineChecks.java(17, "17.0.15").level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.names("ANSI_X3.4-1968")).map(Finding::level).hasValue(Level.WARN);
        assertThat(MachineChecks.names("UTF-8")).isEmpty();
        assertThat(MachineChecks.names("")).isEmpty();
        assertThat(MachineChecks.of(Optional.of("this process may open 10 files; run `ulimit -n 500`"), ""))
                .contains(Finding.fail("this process may open 10 files", "run `ulimit -n 500`"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.205.239.82, true", "10.1.2.3, false", "127.0.0.1, false", "192.168.0.1, false", "0.1.2.3, false",
        "fd00::1, false", "::1, false", "fe80::1, false", "2402:4e00::1, true", "::ffff:10.0.0.1, false"
    })
    void addressesOfInnerNetworksAreNoHostsOfTheService(String address, boolean ofTheService) throws Exception {
        assertThat(HostProbe.isPublic(InetAddress.getByName(address))).isEqualTo(ofTheService);
    }
}
