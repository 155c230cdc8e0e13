package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountState;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.TlsProvider;
import io.wxflux.options.Transport;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.testkit.WeChatService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account on the operating system's event loops. */
@Tag("scenario")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NativeTests {
    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @ParameterizedTest
    @CsvSource({"NATIVE, OPENSSL", "NATIVE, JDK"})
    void anAccountSignsInAndItsMessagesArrive(Transport transport, TlsProvider tls) {
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_001).withContacts(5, 2, 4));
        var options = weChat.options()
                .http(weChat.http().withTransport(transport).withTls(tls))
                .account(AccountSpec.of("alice"));
        try (var running = RunningEngine.start(options)) {
            running.awaitState("alice", AccountState.SYNCING);
            alice.queueBurst(50);
            running.awaitTexts("alice", 50);
            assertThat(running.texts("alice")).hasSize(50).isSorted();
        }
    }
}
