package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManyPollsTest {

    private static final int ACCOUNTS = 1_000;

    @Test
    void holdsThousandsOfPollsAndWakesThem() {
        try (Simulator simulator = Simulator.builder()
                .tls(false)
                .autoScan(Duration.ZERO, Duration.ZERO)
                .start()) {
            List<SimAccount> accounts = simulator.addAccounts(ACCOUNTS);
            List<WebClient> clients = accounts.stream()
                    .map(account -> new WebClient(simulator, false).adopt(account))
                    .toList();
            List<CompletableFuture<WebClient.Page>> polls = clients.stream()
                    .map(client -> client.checkLater("webpush." + client.home).toFuture())
                    .toList();
            ConductTest.await(() -> accounts.stream().allMatch(account -> account.openPolls() == 1));
            simulator.startLoad(1);
            assertThat(polls).allSatisfy(poll -> assertThat(poll.join().text()).contains("selector:\"2\""));
            simulator.stopLoad();
            simulator.assertNoViolations();
            clients.forEach(WebClient::close);
        }
    }
}
