package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class LifetimeTest {

    @TempDir
    Path directory;

    @Test
    void holdsAPollForTheWholeTimeOfAnInjectedClock() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (Simulator simulator = Simulator.builder()
                        .scheduler(time)
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .silenceLimit(Duration.ofMinutes(3))
                        .start();
                WebClient client = new WebClient(simulator)) {
            SimAccount account = simulator.addAccount(SimAccountSpec.of("gina", 888L));
            client.logIn();
            for (int i = 0; i < 20; i++) {
                var poll = client.checkLater("webpush.wx.qq.com").toFuture();
                ConductTest.await(() -> account.openPolls() == 1);
                time.advanceTimeBy(Duration.ofMillis(24_999));
                assertThat(account.openPolls()).isOne();
                time.advanceTimeBy(Duration.ofMillis(1));
                assertThat(poll.join().text()).contains("selector:\"0\"");
            }
            simulator.assertNoViolations();
            time.advanceTimeBy(Duration.ofMinutes(4));
            assertThat(client.check()).contains("retcode:\"1101\"");
        }
        time.dispose();
    }

    @Test
    void leavesNoThreadBehindAndListensAtSeveralAddresses() throws IOException {
        try (Simulator simulator = Simulator.builder()
                        .bind("127.0.0.1", "127.0.0.2")
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .start();
                WebClient client = new WebClient(simulator)) {
            simulator.addAccounts(1);
            Path pem = directory.resolve("ca.pem");
            simulator.writeCaPem(pem);
            assertThat(Files.readString(pem)).startsWith("-----BEGIN CERTIFICATE-----");
            client.logIn();
            var poll = client.checkLater("webpush.wx.qq.com")
                    .map(page -> "answered")
                    .onErrorResume(broken -> Mono.just("broken"))
                    .toFuture();
            ConductTest.await(() -> simulator.accounts().get(0).openPolls() == 1);
            simulator.closeAddress(0);
            assertThat(poll.join()).isEqualTo("broken");
            ConductTest.await(() -> simulator.accounts().get(0).openPolls() == 0);
            simulator.openAddress(0);
            client.sync();
            simulator.assertNoViolations();
        }
        ConductTest.await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("wxsim")));
    }

    @Test
    void itsNextStartIsTrustedWhereItsAuthorityIsKept() throws IOException {
        Path kept = directory.resolve("ca.pem.key");
        SimulatorBuilder builder = Simulator.builder().authority(kept).autoScan(Duration.ZERO, Duration.ZERO);
        String first;
        int port;
        try (Simulator simulator = builder.start()) {
            first = simulator.caPem();
            port = simulator.port();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        try (Simulator next = builder.port(port).start();
                WebClient client = new WebClient(next)) {
            assertThat(next.caPem()).isEqualTo(first);
            next.addAccounts(1);
            client.logIn();
        }
        try (Simulator other = Simulator.builder().start()) {
            assertThat(other.caPem()).isNotEqualTo(first);
        }
    }

    @Test
    void anAuthorityThatIsDamagedOrOpenToOthersIsRefusedByName() throws IOException {
        Path kept = directory.resolve("ca.pem.key");
        SimulatorBuilder builder = Simulator.builder().authority(kept);
        builder.start().close();
        String whole = Files.readString(kept);
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(builder::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(kept.toString())
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
        for (String damaged :
                List.of("", whole.substring(0, 300), whole.substring(0, whole.indexOf("-----BEGIN PRIV")))) {
            Files.writeString(kept, damaged);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(kept.toString())
                    .hasMessageContaining("Delete it");
        }
        Files.writeString(kept, whole);
        builder.start().close();
    }

    @Test
    void saysThatNobodyIsLeftToScan() {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(Logins.class);
        lines.start();
        logger.addAppender(lines);
        try (Simulator simulator = Simulator.builder()
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .start();
                WebClient client = new WebClient(simulator);
                WebClient second = new WebClient(simulator)) {
            simulator.addAccounts(1);
            client.logIn();
            assertThat(lines.list).isEmpty();
            second.get("https://login.weixin.qq.com/jslogin?appid=wx782c26e4c19acffb&fun=new&lang=zh_CN&_=1");
            assertThat(lines.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("nobody scans")
                    .contains("1 account, signed in already")
                    .contains("more accounts");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void keepsTheIdsOfWhatItLetGo() {
        MessageLog log = new MessageLog(7, 10);
        for (int i = 1; i <= 5_000; i++) {
            log.append(SimMessage.text(SimPeer.friend(1), "t" + i), 0);
            log.acknowledged(i);
        }
        assertThat(log.after(0, 10_000)).hasSizeBetween(10, 600);
        assertThat(log.after(4_999, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.seq()).isEqualTo(5_000));
        assertThat(log.view(1, 5_000))
                .hasSize(5_000)
                .first()
                .satisfies(message -> assertThat(message.msgId()).isEqualTo(log.msgId(1)));
    }
}
