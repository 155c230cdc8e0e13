package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.hostile.JsonCorpus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is JSON is read, what is none is refused by the one typed error, in the middle of an answer as at its end. Bodies are
 * read whole: there is no reading bit by bit here that could differ from it.
 */
class JsonCorpusTest {
    private static final List<Function<byte[], ?>> READERS = List.of(
            body -> BaseAnswer.parse("test", body),
            body -> SendBody.parse("test", body),
            SyncBody::parse,
            ContactPage::parse,
            BatchContacts::parse,
            SearchBody::parse,
            RecallBody::parse,
            body -> RoomBody.parse("test", body),
            body -> UploadBody.parse("test", body));

    @Test
    void thereAreEnough() {
        assertThat(JsonCorpus.good()).hasSizeGreaterThanOrEqualTo(95);
        assertThat(JsonCorpus.bad()).hasSizeGreaterThanOrEqualTo(188);
    }

    static Stream<Map.Entry<String, byte[]>> good() {
        return JsonCorpus.good().entrySet().stream();
    }

    static Stream<Map.Entry<String, byte[]>> bad() {
        return JsonCorpus.bad().entrySet().stream();
    }

    @Test
    void whatIsJsonIsRead() {
        good().forEach(document -> {
            for (Function<byte[], ?> reader : READERS) {
                assertThat(reader.apply(document.getValue()))
                        .as(document.getKey())
                        .isNotNull();
            }
        });
    }

    @Test
    void whatIsNoneIsRefused() {
        bad().forEach(document -> {
            for (Function<byte[], ?> reader : READERS) {
                assertThatThrownBy(() -> reader.apply(document.getValue()))
                        .as(document.getKey())
                        .isInstanceOf(ProtocolViolationException.class)
                        .hasNoCause();
            }
        });
    }

    @Test
    void noBeginningOfADocumentIsOne() {
        good().filter(document -> document.getValue().length < 200).forEach(document -> {
            byte[] whole = document.getValue();
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> BaseAnswer.parse("test", part))
                        .as("%s cut at %d", document.getKey(), length)
                        .isInstanceOf(ProtocolViolationException.class);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.wxflux.hostile.JsonCorpus#brokenUtf8")
    void bytesThatAreNoUtf8AreReplacedAndTheRestIsRead(String bytes) {
        SendBody read = SendBody.parse("test", JsonCorpus.withText(bytes));
        assertThat(read.id().value()).isEqualTo("7");
    }
}
