package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.Simulator;
import io.wxflux.simulator.Traffic;
import io.wxflux.testkit.WeChatService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All hosts refuse connections for a while, and then take them again, over real sockets. */
@Tag("scenario")
class OutageTests {
    private static final List<String> FAMILIES =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com");

    @RegisterExtension
    WeChatService weChat = WeChatService.create();

    /** @param peak of requests in a second after the return */
    private record Figures(double steady, int peak, int connections, double back) {}

    @Test
    void twentyAccountsLoseTheServiceForAMoment() {
        Figures figures = outage(20, Duration.ofSeconds(2), Duration.ZERO);
        assertThat(figures.connections()).isLessThanOrEqualTo(300);
    }

    @Test
    @Tag("proof")
    @Timeout(1_800)
    void twoThousandAccountsLoseTheServiceForFiveMinutes() {
        Figures figures = outage(2_000, Duration.ofMinutes(5), Duration.ofMinutes(2));
        assertThat(figures.peak()).isLessThanOrEqualTo((int) (3 * figures.steady()));
        assertThat(figures.connections()).isLessThanOrEqualTo(300);
        assertThat(figures.back()).isLessThanOrEqualTo(120);
    }

    private Figures outage(int size, Duration dead, Duration before) {
        Simulator simulator = weChat.simulator();
        try (Fleet fleet = Fleet.polling(weChat, weChat.http(), size, FAMILIES)) {
            long logins = fleet.logins();
            // A message a minute for each account, so that many find something when they come back.
            var load = fleet.messages(size / 60.0);
            LockSupport.parkNanos(before.dividedBy(2).toNanos());
            simulator.traffic().forget();
            LockSupport.parkNanos(before.dividedBy(2).toNanos());
            double steady = simulator.traffic().requests(Traffic.ALL)
                    / Math.max(1.0, before.dividedBy(2).toSeconds());

            simulator.closeAddress(0);
            fleet.await(Duration.ofSeconds(60), account -> account.pollHost().isEmpty());
            LockSupport.parkNanos(dead.toNanos());
            simulator.traffic().forget();
            simulator.openAddress(0);
            double back = fleet.await(
                    Duration.ofSeconds(300), account -> !account.pollHost().isEmpty());
            int peak = simulator.traffic().peakRequests(Traffic.ALL);
            int connections = simulator.traffic().peakConnections(Traffic.ALL);
            load.dispose();
            fleet.awaitDelivered(Duration.ofSeconds(120));
            System.out.printf(
                    "outage of %d s, %d accounts: all polling %.1f s after it; at most %d requests a second, %.1f before"
                            + " it; at most %d connections a second; %d messages, each once%n",
                    dead.toSeconds(), size, back, peak, steady, connections, fleet.delivered());
            assertThat(fleet.logins()).as("no session ended").isEqualTo(logins);
            assertThat(fleet.accounts()).allMatch(SimAccount::isLoggedIn);
            return new Figures(steady, peak, connections, back);
        }
    }
}
