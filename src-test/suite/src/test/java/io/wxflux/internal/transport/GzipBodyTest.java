package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipBodyTest {
    private static final String TEXT = "{\"BaseResponse\":{\"Ret\":0}}".repeat(500);
    private static final byte[] BODY = Gzip.of(TEXT);

    private static byte[] decode(byte[] body, int most) throws BrokenAnswer {
        return GzipBody.decoded(body, body.length, most);
    }

    @Test
    void unpacksUpToTheLimitAndNotOneByteMore() throws Exception {
        int size = TEXT.length();

        assertThat(decode(BODY, size)).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
        assertThat(decode(BODY, size + 1)).hasSize(size);
        assertThat(decode(BODY, 1 << 24)).hasSize(size);
        assertThat(decode(Gzip.of(""), 0)).isEmpty();
        assertThatThrownBy(() -> decode(BODY, size - 1)).hasMessageContaining("larger than " + (size - 1));
        assertThatThrownBy(() -> decode(Gzip.of("x"), 0)).hasMessageContaining("larger than 0");
    }

    @Test
    void everyCutIsAnError() {
        for (int length = 0; length < BODY.length; length++) {
            byte[] cut = Arrays.copyOf(BODY, length);
            assertThatThrownBy(() -> decode(cut, 1 << 20))
                    .as("cut at %s", length)
                    .isInstanceOf(BrokenAnswer.class);
        }
    }

    @Test
    void everyFlippedByteOfDataOrTrailerIsAnError() {
        for (int i = 10; i < BODY.length; i++) {
            byte[] damaged = BODY.clone();
            damaged[i] ^= 0x55;
            assertThatThrownBy(() -> decode(damaged, 1 << 20)).as("byte %s", i).isInstanceOf(BrokenAnswer.class);
        }
    }

    @Test
    void nothingMayFollow() {
        var twice = new ByteArrayOutputStream();
        twice.writeBytes(BODY);
        twice.writeBytes(BODY);

        assertThatThrownBy(() -> decode(twice.toByteArray(), 1 << 20)).hasMessageContaining("follows");
        assertThatThrownBy(() -> decode(Arrays.copyOf(BODY, BODY.length + 1), 1 << 20))
                .hasMessageContaining("follows");
    }

    @Test
    void readsTheOptionalFieldsOfTheHeader() throws Exception {
        byte[] plain = Gzip.of("hello");
        var full = new ByteArrayOutputStream();
        full.write(plain, 0, 3);
        full.write(2 | 4 | 8 | 16);
        full.write(plain, 4, 6);
        full.writeBytes(new byte[] {3, 0, 9, 9, 9, 'n', 'a', 'm', 'e', 0, 'c', 0, 7, 7});
        full.write(plain, 10, plain.length - 10);

        assertThat(decode(full.toByteArray(), 100))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("hello");
    }

    @Test
    void aBombEndsByItsRatio() {
        assertThatThrownBy(() -> decode(Gzip.bomb(1_024), 1 << 28)).hasMessageContaining("more than 200 times");
    }
}
