package io.wxflux.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.CorruptStoreException;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.model.AccountId;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account remembers, as bytes. */
class AccountMemoryCodecTests {
    private static final AccountId ALICE = AccountId.of("alice");

    private static final AccountMemory FULL = new AccountMemory(
            new Uin(1_000),
            "nick \"name\" \u4f60",
            new AccountMemory.Live(
                    new Credentials(new Uin(1_000), "sid", "@crypt_1", "pt%2B"),
                    UserName.of("@me"),
                    2,
                    Lifecycle.Origin.PUSH),
            "wx2.qq.com",
            List.of(
                    new CookieJar.Cookie("a", "b", "qq.com", false, "/", true, null),
                    new CookieJar.Cookie("c", "d", "wx2.qq.com", true, "/x", false, Instant.ofEpochMilli(123))),
            List.of(1L, 2L),
            List.of(3L));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(AccountMemoryCodec.decode(ALICE, AccountMemoryCodec.encode(FULL)))
                .isEqualTo(FULL);
        assertThat(AccountMemoryCodec.decode(ALICE, AccountMemoryCodec.encode(AccountMemory.EMPTY)))
                .isEqualTo(AccountMemory.EMPTY);
        assertThat(AccountMemoryCodec.decode(ALICE, null)).isEqualTo(AccountMemory.EMPTY);
    }

    /** Whether its tokens had been refused was a boolean first. */
    @Test
    void whatAnEarlierProgramWroteIsRead() {
        assertThat(refusals("true")).isEqualTo(1);
        assertThat(refusals("false")).isZero();
        assertThat(refusals("2")).isEqualTo(2);
    }

    private static int refusals(String written) {
        String now = new String(AccountMemoryCodec.encode(FULL), StandardCharsets.UTF_8);
        String before = now.replace("\"reinitialised\":2", "\"reinitialised\":" + written);
        AccountMemory.Live live = AccountMemoryCodec.decode(ALICE, before.getBytes(StandardCharsets.UTF_8))
                .live();
        return live == null ? -1 : live.refusals();
    }

    @Test
    void everyCutIsNoticed() {
        byte[] whole = AccountMemoryCodec.encode(FULL);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> AccountMemoryCodec.decode(ALICE, cut))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("alice")
                    .hasMessageNotContaining("crypt");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":2}",
                "{}",
                "[]",
                "null",
                "{\"version\":1,\"uin\":-5}",
                "{\"version\":1,\"live\":{\"uin\":0}}",
                "not json"
            })
    void whatThisProgramCannotReadIsRefusedByName(String text) {
        assertThatThrownBy(() -> AccountMemoryCodec.decode(ALICE, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("alice");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(FULL.toString()).doesNotContain("crypt").doesNotContain("sid");
    }
}
