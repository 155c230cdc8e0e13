package io.wxflux.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.Engine;
import io.wxflux.EngineOptions;
import io.wxflux.error.ConfigurationException;
import io.wxflux.journal.FileJournal;
import io.wxflux.journal.JournalKey;
import io.wxflux.journal.JournalOptions;
import io.wxflux.options.AccountSpec;
import io.wxflux.options.Secret;
import io.wxflux.simulator.SimAccount;
import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.testkit.WeChatService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine with a key for its state directory, and the same without one. */
@Tag("scenario")
class EncryptedStateTests {
    private static final JournalKey KEY = JournalKey.of(Secret.of("Q6x1Lx0T3qz0z0D1wz1Zz5QvJm4n0d2Hk7yB8c9e1fA="));
    private static final JournalKey OTHER = JournalKey.of(Secret.of("A6x1Lx0T3qz0z0D1wz1Zz5QvJm4n0d2Hk7yB8c9e1fA="));

    /** Of the session, of a message, of a cookie's name, of the account. */
    private static final List<String> CANARIES = List.of("#000001", "wxsid", "webwx_data_ticket", "alice");

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    @Test
    void aStateDirectoryThatGetsAKeyShowsNothingAnyMoreAndTheSessionGoesOn() {
        SimAccount alice = weChat.simulator()
                .addAccount(SimAccountSpec.of("alice", 1_000_020).withContacts(3, 1, 3));
        alice.queueBurst(5);
        runUntilItHas(plain(), 5);
        assertThat(CANARIES).allSatisfy(canary -> assertThat(shown(canary)).isTrue());

        alice.queueBurst(5);
        runUntilItHas(plain().withKey(KEY), 5);
        assertThat(CANARIES).allSatisfy(canary -> assertThat(shown(canary)).isFalse());

        alice.queueBurst(5);
        runUntilItHas(plain().withKey(OTHER).withOldKey(KEY), 5);
        alice.queueBurst(5);
        runUntilItHas(plain().withKey(OTHER), 5);
        assertThat(CANARIES).allSatisfy(canary -> assertThat(shown(canary)).isFalse());
        assertThat(alice.logins()).isEqualTo(1);

        for (JournalOptions wrong : List.of(plain(), plain().withKey(KEY))) {
            assertThatThrownBy(() -> Engine.create(options(wrong).build()).run().block(Duration.ofSeconds(30)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is encrypted with the key " + OTHER.id());
        }
    }

    private JournalOptions plain() {
        return JournalOptions.in(directory.resolve("state"));
    }

    private EngineOptions.Builder options(JournalOptions journal) {
        return weChat.options().coordinator(FileJournal.open(journal)).account(AccountSpec.of("alice"));
    }

    private void runUntilItHas(JournalOptions journal, int count) {
        try (var running = RunningEngine.start(options(journal))) {
            running.awaitReady("alice");
            running.awaitTexts("alice", count);
        }
    }

    private boolean shown(String canary) {
        try (var files = Files.list(directory.resolve("state"))) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(canary)) {
                    return true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }
}
