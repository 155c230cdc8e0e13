package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at and beyond the edges of what machines count in: ids keep every digit, nothing else fails. */
class NumbersTest {
    private static Message decode(String json) {
        return MessageDecoder.decode(RawMessage.wrap(utf8(json)), UserName.of(SELF));
    }

    /** From beyond what JavaScript counts exactly to beyond 64 bits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "2147483647",
                "2147483648",
                "4294967295",
                "9007199254740991",
                "9007199254740993",
                "1234567890123456789",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "18446744073709551616",
                "9999999999999999999999999"
            })
    void idsKeepEveryDigitAsNumberAndAsText(String digits) {
        for (String id : List.of(digits, "\"" + digits + "\"")) {
            String json = "{\"MsgId\":" + id + ",\"MsgType\":1,\"Content\":\"a\"}";
            assertThat(decode(json).header().id().value()).isEqualTo(digits);
            assertThat(SyncBody.parse(utf8(Documents.sync(json))).messages())
                    .extracting(message -> message.id().value())
                    .containsExactly(digits);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1970-01-01T00:00:00Z",
        "2147483647, 2038-01-19T03:14:07Z",
        "2147483648, 2038-01-19T03:14:08Z",
        "4294967295, 2106-02-07T06:28:15Z"
    })
    void timesAreTakenAsTheyAre(String seconds, Instant time) {
        for (String number : List.of(seconds, "\"" + seconds + "\"")) {
            assertThat(decode("{\"MsgId\":\"1\",\"MsgType\":1,\"CreateTime\":" + number + "}")
                            .header()
                            .createTime())
                    .isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "-2147483649",
                "9223372036854775808",
                "99999999999999999999999999",
                "1e999",
                "-1e999",
                "0.1",
                "\"\"",
                "\"0x10\"",
                "\"１\"",
                "true"
            })
    void whatNoNumberCanHoldFailsNothingAndIsKeptAsItCame(String number) {
        for (String field : List.of(
                "MsgType",
                "AppMsgType",
                "SubMsgType",
                "CreateTime",
                "Status",
                "VoiceLength",
                "PlayLength",
                "FileSize")) {
            String json = "{\"MsgId\":\"1\",\"" + field + "\":" + number + ",\"Content\":\"a\"}";
            assertThat(decode(json).raw().json()).isEqualTo(json);
            assertThat(SyncBody.parse(utf8(Documents.sync(json))).messages())
                    .extracting(message -> message.raw().json())
                    .containsExactly(json);
        }
    }
}
