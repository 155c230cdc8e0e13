package io.wxflux.internal.wire;

import static io.wxflux.internal.wire.Documents.ALICE;
import static io.wxflux.internal.wire.Documents.SELF;
import static io.wxflux.internal.wire.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.model.MsgId;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncBodyTest {
    private static final String HELLO = Documents.message("9000000000000000001", 1, 0, ALICE, SELF, "你好 \\\"<br/>\\\"");
    private static final String PICTURE = Documents.message("9000000000000000002", 3, 0, ALICE, SELF, "&lt;msg/&gt;");

    @Test
    void messagesAreTheServersBytesInItsOrder() {
        SyncBody sync = SyncBody.parse(utf8(Documents.sync(PICTURE, HELLO)));
        assertThat(sync.messages())
                .extracting(m -> m.id().value())
                .containsExactly("9000000000000000002", "9000000000000000001");
        assertThat(sync.messages()).extracting(m -> m.raw().json()).containsExactly(PICTURE, HELLO);
        assertThat(sync.syncKey().query()).isEqualTo("1_600000011|1000_1700000050");
        assertThat(sync.syncCheckKey().query()).isEqualTo("1_600000012|1000_1700000051");
        assertThat(sync.modified()).hasSize(1);
        assertThat(sync.modified().get(0).contact().nickName()).isEqualTo("新名字");
        assertThat(sync.deleted()).containsExactly(UserName.of("@gone"));
        assertThat(sync.skey()).isEmpty();
        assertThat(sync.more()).isFalse();
        assertThat(sync.toString()).doesNotContain("你好", "新名字");
    }

    @Test
    void aRefusalCarriesNothing() {
        SyncBody sync = SyncBody.parse(utf8(Documents.sync(HELLO).replace("\"Ret\": 0", "\"Ret\": 1205")));
        assertThat(sync)
                .isEqualTo(new SyncBody(
                        1205, List.of(), List.of(), List.of(), null, SyncKey.EMPTY, SyncKey.EMPTY, "", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"1_2\"",
                "[]",
                "{\"Count\": 0,\"List\": []}",
                "{\"Count\": 0,\"List\": [{\"Key\": 1,\"Val\": 2}]}",
                "{\"Count\": 3,\"List\": [{\"Key\": 1,\"Val\": 2}]}",
                "{\"Count\": 1,\"List\": [{\"Key\": 1}]}",
                "{\"Count\": 1,\"List\": [{\"Key\": 1,\"Val\": \"x\"}]}",
                "{\"Count\": 1,\"List\": [{\"Key\": 4294967296,\"Val\": 1}]}",
                "{\"Count\": 2,\"List\": [{\"Key\": 1,\"Val\": 2},7]}",
                "{\"Count\": 1,\"List\": {\"Key\": 1,\"Val\": 2}}",
            })
    void halfAKeyIsNoKey(String key) {
        String body = Documents.sync(HELLO)
                .replaceFirst("\"SyncKey\": \\{.*?]}", "\"SyncKey\": " + key)
                .replaceFirst("\"SyncCheckKey\": \\{.*?]}", "\"SyncCheckKey\": " + key);
        SyncBody sync = SyncBody.parse(utf8(body));
        assertThat(sync.syncKey()).isEqualTo(SyncKey.EMPTY);
        assertThat(sync.syncCheckKey()).isEqualTo(SyncKey.EMPTY);
        assertThat(sync.messages()).hasSize(1);
    }

    @Test
    void keysAsTextAndBeyond32BitsAreKeys() {
        String body = Documents.sync()
                .replaceFirst(
                        "\"SyncKey\": \\{.*?]}",
                        "\"SyncKey\": {\"Count\": \"1\",\"List\": [{\"Key\": \"13\",\"Val\": 9007199254740993}]}");
        assertThat(SyncBody.parse(utf8(body)).syncKey().query()).isEqualTo("13_9007199254740993");
    }

    @Test
    void whereThereIsOneKeyItServesForBoth() {
        String body = "{\"BaseResponse\":{\"Ret\":0},\"SyncKey\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":2}]}}";
        assertThat(SyncBody.parse(utf8(body)).syncCheckKey().query()).isEqualTo("1_2");
        SyncBody bare = SyncBody.parse(utf8("{\"BaseResponse\":{\"Ret\":0}}"));
        assertThat(bare.syncKey()).isEqualTo(SyncKey.EMPTY);
        assertThat(bare.syncCheckKey()).isEqualTo(SyncKey.EMPTY);
        assertThat(bare.messages()).isEmpty();
    }

    @Test
    void moreIsAnythingButZero() {
        assertThat(SyncBody.parse(utf8("{\"BaseResponse\":{\"Ret\":0},\"ContinueFlag\":1}"))
                        .more())
                .isTrue();
        assertThat(SyncBody.parse(utf8("{\"ContinueFlag\":\"4294967296\",\"BaseResponse\":{\"Ret\":0}}"))
                        .more())
                .isTrue();
    }

    @Test
    void aMessageWithoutAnIdGetsOneThatStays() {
        String without = Documents.message("", 1, 0, ALICE, SELF, "a");
        SyncBody first = SyncBody.parse(utf8(Documents.sync(without, HELLO)));
        SyncBody again = SyncBody.parse(utf8(Documents.sync(without)));
        MsgId id = first.messages().get(0).id();
        assertThat(id.value()).matches("x[0-9a-f]{32}");
        assertThat(again.messages().get(0).id()).isEqualTo(id);
        assertThat(MessageDecoder.decode(first.messages().get(0).raw(), UserName.of(SELF))
                        .header()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void theOtherIdIsTakenDigitByDigit() {
        String body = Documents.sync("{\"MsgId\": 0,\"NewMsgId\": 9223372036854775813}", "{\"MsgId\": 42}");
        assertThat(SyncBody.parse(utf8(body)).messages())
                .extracting(m -> m.id().value())
                .containsExactly("9223372036854775813", "42");
    }

    @Test
    void whatIsNoObjectIsKeptToo() {
        SyncBody sync =
                SyncBody.parse(utf8(Documents.sync("\"tele\\u4e00gram\"", "17", "null", "[1,{\"a\":2}]", HELLO)));
        assertThat(sync.messages())
                .extracting(m -> m.raw().json())
                .containsExactly("\"tele\\u4e00gram\"", "17", "[1,{\"a\":2}]", HELLO);
        var decoded = MessageDecoder.decode(sync.messages().get(1).raw(), UserName.of(SELF));
        assertThat(decoded.header().id()).isEqualTo(sync.messages().get(1).id());
        assertThat(decoded.note()).isNotNull();
    }

    @Test
    void aMaskedKeyIsRefused() {
        String body = Documents.sync(HELLO).replace("\"SKey\": \"\",", "\"SKey\": \"\",\"AddMsgList\": [],");
        assertThatThrownBy(() -> SyncBody.parse(utf8(body))).isInstanceOf(ProtocolViolationException.class);
    }

    @Test
    void aBodyThatIsNoUtf8LosesOnlyThoseBytes() {
        byte[] body = utf8(Documents.sync(HELLO.replace("你好", "a?b"), PICTURE));
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '?') {
                body[i] = (byte) 0xC3;
            }
        }
        List<String> raw = new ArrayList<>();
        SyncBody.parse(body).messages().forEach(m -> raw.add(m.raw().json()));
        assertThat(raw).containsExactly(HELLO.replace("你好", "a\uFFFDb"), PICTURE);
    }
}
