package io.wxflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class FaultsTest {

    private static final String PUSH = "webpush.wx.qq.com";

    private Simulator simulator;
    private WebClient client;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().autoScan(Duration.ZERO, Duration.ZERO).start();
        simulator.addAccount(SimAccountSpec.of("dave", 444L)).queueBurst(1);
        client = new WebClient(simulator).logIn();
    }

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void playsWrongAnswers() {
        next(new Fault.Page(200));
        assertThat(client.check()).contains("<html>");
        next(new Fault.EmptyBody());
        assertThat(client.check()).isEmpty();
        next(new Fault.Retcode(1205, 3));
        assertThat(client.check()).isEqualTo("window.synccheck={retcode:\"1205\",selector:\"3\"}");
        next(new Fault.StatusZero());
        assertThat(client.now(client.checkLater(PUSH)).status()).isZero();
        next(new Fault.Late(Duration.ofMillis(30)));
        assertThat(client.check()).contains("selector:\"2\"");
        assertThat(simulator.faults()).isEmpty();
        simulator.assertNoViolations();
    }

    @Test
    void breaksConnections() {
        for (Fault fault : new Fault[] {new Fault.Reset(), new Fault.LostAnswer(), new Fault.CutAnswer()}) {
            next(fault);
            assertThat(client.checkLater(PUSH)
                            .map(page -> "")
                            .onErrorResume(e -> Mono.just("broken"))
                            .block())
                    .as("%s", fault)
                    .isEqualTo("broken");
        }
        next(new Fault.Hang());
        assertThat(client.checkLater(PUSH)
                        .timeout(Duration.ofMillis(200), Mono.empty())
                        .blockOptional())
                .isEmpty();
        assertThat(client.check()).contains("selector:\"2\"");
        simulator.assertNoViolations();
    }

    @Test
    void hitsOnlyWhatTheRuleSays() {
        simulator.addAccount(SimAccountSpec.of("erin", 555L)).queueBurst(1);
        simulator.addFault(FaultRule.on(".qq.com", new Fault.Page(502)).withAccount("erin"));
        simulator.addFault(FaultRule.on("webpush.*", new Fault.Page(502)).withCall("webwxsync"));
        simulator.addFault(FaultRule.on("*", new Fault.Page(502)).withProbability(0));
        assertThat(client.check()).contains("selector:\"2\"");
        assertThat(client.sync().path("AddMsgCount").asInt()).isEqualTo(1);
    }

    private void next(Fault fault) {
        simulator.addFault(FaultRule.on(PUSH, fault).withTimes(1));
    }
}
