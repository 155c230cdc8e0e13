package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** One host of all dies and comes back, and what came in is counted. */
class HostDoorsTest {
    private static final String PUSH = "webpush.wx.qq.com";

    @Test
    void oneHostIsClosedWhileTheOthersGoOn() {
        try (Simulator simulator = Simulator.builder()
                        .autoScan(Duration.ZERO, Duration.ZERO)
                        .start();
                WebClient client = new WebClient(simulator)) {
            SimAccount account = simulator.addAccounts(1).get(0);
            client.logIn();
            var held = client.checkLater(PUSH)
                    .map(page -> "answered")
                    .onErrorResume(broken -> Mono.just("broken"))
                    .toFuture();
            ConductTest.await(() -> account.pollHost().equals(PUSH));
            simulator.traffic().forget();

            simulator.closeHost(PUSH);
            assertThat(held.join()).isEqualTo("broken");
            ConductTest.await(() -> account.pollHost().isEmpty());
            assertThatThrownBy(() -> client.checkLater(PUSH).block()).isInstanceOf(Exception.class);
            assertThat(simulator.traffic().connections(PUSH)).isPositive();
            assertThat(simulator.traffic().requests(PUSH)).isZero();
            client.sync();
            assertThat(simulator.traffic().requests("wx.qq.com")).isEqualTo(1);
            assertThat(simulator.traffic().peakRequests(Traffic.ALL)).isEqualTo(1);

            simulator.openHost(PUSH);
            account.queue(SimMessage.text(SimPeer.friend(1), "back"));
            assertThat(client.checkLater(PUSH).map(WebClient.Page::text).block())
                    .contains("selector:\"2\"");
            simulator.assertNoViolations();
        }
    }

    @Test
    void withoutTlsNobodySaysWhichHostIsMeant() {
        try (Simulator simulator = Simulator.builder().tls(false).start()) {
            assertThatThrownBy(() -> simulator.closeHost(PUSH)).isInstanceOf(IllegalStateException.class);
        }
    }
}
