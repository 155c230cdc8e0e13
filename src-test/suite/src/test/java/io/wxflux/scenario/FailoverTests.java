package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.Simulator;
import io.wxflux.simulator.Traffic;
import io.wxflux.testkit.WeChatService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The preferred push host dies and comes back, over real sockets. */
@Tag("scenario")
class FailoverTests {
    private static final List<String> FAMILIES =
            List.of("wx.qq.com", "wx2.qq.com", "wx8.qq.com", "web.wechat.com", "web2.wechat.com");
    private static final Duration LONG = Duration.ofSeconds(120);

    private static String pushOf(SimAccount account) {
        return "webpush." + account.spec().home();
    }

    private static boolean isAtItsPushHost(SimAccount account) {
        return account.pollHost().equals(pushOf(account));
    }

    private static boolean isAtItsApiHost(SimAccount account) {
        return account.pollHost().equals(account.spec().home());
    }

    @Nested
    class InSmall {
        @RegisterExtension
        WeChatService weChat = WeChatService.with(builder -> builder.syncHold(Duration.ofSeconds(2)));

        /** The simulator objects to every call that leaves the session's family without need, or its parent domain at all. */
        @Test
        void everyFamilyGoesToItsApiHostAndReturns() {
            Simulator simulator = weChat.simulator();
            try (Fleet fleet =
                    Fleet.polling(weChat, weChat.http().withConnectTimeout(Duration.ofSeconds(2)), 20, FAMILIES)) {
                FAMILIES.forEach(family -> simulator.closeHost("webpush." + family));
                fleet.accounts().forEach(fleet::message);
                fleet.await(LONG, FailoverTests::isAtItsApiHost);
                long began = System.nanoTime();
                simulator.traffic().forget();
                fleet.accounts().forEach(fleet::message);
                fleet.awaitDelivered(LONG);

                // With its api host gone, too, nobody else is believed, whatever it says.
                simulator.closeHost("wx2.qq.com");
                simulator.closeHost("web2.wechat.com");
                fleet.await(
                        LONG,
                        account -> account.pollHost().isEmpty()
                                || !account.spec().home().contains("2"));
                fleet.accounts().forEach(fleet::message);
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
                for (String family : FAMILIES) {
                    assertThat(simulator.traffic().connections("webpush." + family))
                            .as("asked of " + family)
                            .isLessThanOrEqualTo(seconds / 6 + 2);
                    simulator.openHost("webpush." + family);
                }
                simulator.openHost("wx2.qq.com");
                simulator.openHost("web2.wechat.com");
                fleet.await(LONG, FailoverTests::isAtItsPushHost);
                fleet.awaitDelivered(LONG);
                assertThat(fleet.logins()).isEqualTo(20);
            }
        }
    }

    @Nested
    @Tag("proof")
    class InFull {
        @RegisterExtension
        WeChatService weChat = WeChatService.create();

        @ParameterizedTest
        @ValueSource(ints = {100, 1_000})
        @Timeout(900)
        void manyAccountsLoseOneHost(int size) {
            Simulator simulator = weChat.simulator();
            String push = "webpush.wx.qq.com";
            try (Fleet fleet = Fleet.polling(weChat, weChat.http(), size, List.of("wx.qq.com"))) {
                fleet.await(LONG, FailoverTests::isAtItsPushHost);
                var load = fleet.messages(size / 5.0);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(30));
                fleet.forgetDelays();
                simulator.traffic().forget();

                simulator.closeHost(push);
                double away = fleet.await(LONG, FailoverTests::isAtItsApiHost);
                int rush = simulator.traffic().peakConnections(Traffic.ALL);
                simulator.traffic().forget();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
                int probes = simulator.traffic().peakConnections(push);
                long probed = simulator.traffic().connections(push);

                simulator.openHost(push);
                simulator.traffic().forget();
                double back = fleet.await(LONG, FailoverTests::isAtItsPushHost);
                int rushBack = simulator.traffic().peakConnections(Traffic.ALL);
                load.dispose();
                fleet.awaitDelivered(LONG);
                System.out.printf(
                        "failover, %d accounts: at another host after %.1f s, back %.1f s after the return; latest of %d"
                                + " messages %.1f s; dead host asked at most %d times a second, %d times a minute; at most"
                                + " %d and %d connections a second%n",
                        size, away, back, fleet.delivered(), fleet.longestDelay(), probes, probed, rush, rushBack);
                assertThat(away).isLessThanOrEqualTo(size <= 100 ? 2 : 6);
                assertThat(back).isLessThanOrEqualTo(60);
                assertThat(fleet.longestDelay()).isLessThanOrEqualTo(8);
                assertThat(probes).isLessThanOrEqualTo(3);
                assertThat(fleet.logins()).isEqualTo(size);
            }
        }
    }
}
