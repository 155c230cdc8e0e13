package io.wxflux.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.model.AccountId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import io.wxflux.options.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CloudEventsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String encoded(AccountEvent event) {
        return new String(CloudEvents.encode(event), StandardCharsets.UTF_8);
    }

    private static MessageReceived message(String json) {
        var raw = RawMessage.wrap(json.getBytes(StandardCharsets.UTF_8));
        return ExampleEvents.received(1, MessageDecoder.decode(raw, UserName.of("@5e1f")));
    }

    private static String text(String contentJson) {
        return "{\"MsgId\":\"1\",\"FromUserName\":\"@a11ce\",\"ToUserName\":\"@5e1f\",\"MsgType\":1,\"Content\":\""
                + contentJson + "\"}";
    }

    @Test
    void aTextHasTheContractsForm() {
        assertThat(encoded(message(text("你好 😀 a/b"))))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"shop-1\",\"source\":\"/accounts/shop\","
                        + "\"type\":\"wx.message.text\",\"subject\":\"@a11ce\",\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"datacontenttype\":\"application/json\",\"sequence\":\"1\",\"data\":{\"msgId\":\"1\","
                        + "\"msgType\":1,\"appMsgType\":0,\"self\":false,\"from\":{\"userName\":\"@a11ce\","
                        + "\"nickName\":\"小李\",\"remarkName\":\"李老师\"},\"to\":{\"userName\":\"@5e1f\","
                        + "\"nickName\":\"小店\"},\"sender\":{\"userName\":\"@a11ce\",\"nickName\":\"小李\","
                        + "\"remarkName\":\"李老师\"},\"text\":\"你好 😀 a/b\"}}");
    }

    @Test
    void theLoginUrlIsForThoseWhoMayHaveIt() {
        var head = new EventHead(AccountId.of("shop"), "shop-qr-1", Instant.EPOCH, OptionalLong.empty());
        var qr = new Lifecycle.QrIssued(head, Secret.of("https://login.example/l/secret=="), 1, 5);
        assertThat(encoded(qr)).doesNotContain("secret", "sequence", "subject").contains("\"number\":1,\"most\":5");
        assertThat(new String(CloudEvents.encode(qr, true), StandardCharsets.UTF_8))
                .contains("\"loginUrl\":\"https://login.example/l/secret==\"");
        assertThat(new String(
                        CloudEvents.encode(new Lifecycle.QrIssued(head, null, 0, 5), true), StandardCharsets.UTF_8))
                .doesNotContain("loginUrl");
    }

    @Test
    void whatWouldReorderOrBreakALineIsEscaped() {
        String line = encoded(message(text("a\\u202Eb\\u2028c\\u2066d\\u0085e\\u007Ff\\u001bg\\nh\\u200Fi\\uFEFFj")));
        assertThat(line)
                .contains("a\\u202Eb\\u2028c\\u2066d\\u0085e\\u007Ff\\u001Bg\\nh\\u200Fi\\uFEFFj")
                .doesNotContain("\u202E", "\u2028", "\u2066", "\u0085", "\u007F", "\u001b", "\u200F", "\uFEFF", "\n");
        assertThat(JSON.readTree(line).at("/data/text").asString())
                .isEqualTo("a\u202Eb\u2028c\u2066d\u0085e\u007Ff\u001bg\nh\u200Fi\uFEFFj");
    }

    @Test
    void rawObjectsAreEmbeddedOnOneLineWithAllTheirDigits() {
        String line = encoded(message("{\n \"MsgId\": \"1\",\n \"MsgType\": 4711,\n \"NewMsgId\": 18446744073709551617,"
                + "\n \"x\": [1.50, true, null, {}],\n \"Content\": \"\\u0001\u0002/<\\ud83d\"\n}"));
        assertThat(line)
                .contains("\"raw\":{\"MsgId\":\"1\",\"MsgType\":4711,\"NewMsgId\":18446744073709551617,"
                        + "\"x\":[1.50,true,null,{}],\"Content\":\"\\u0001\\u0002/<\uFFFD\"}")
                .doesNotContain("\n");
    }

    @Test
    void rawBytesThatAreNoCleanJsonGoAsText() {
        for (String json :
                new String[] {"{\"MsgType\":4711,\"a\":1,\"a\":2}", "{\"MsgType\":4711", "", "{} {}", "nul"}) {
            JsonNode event = JSON.readTree(encoded(message(json)));
            assertThat(event.at("/data/rawText").asString()).isEqualTo(json);
            assertThat(event.at("/data").has("raw")).isFalse();
        }
    }

    @Test
    void whatCouldNotBeDecodedSaysWhy() {
        JsonNode event = JSON.readTree(encoded(message("{\"MsgId\":\"1\",\"MsgType\":10002,\"Content\":\"?\"}")));
        assertThat(event.at("/type").asString()).isEqualTo("wx.message.unknown");
        assertThat(event.at("/data/note").asString()).contains("XML");
        assertThat(event.at("/data/raw/Content").asString()).isEqualTo("?");
    }

    @Test
    void namesOfAnySortMakeValidJson() {
        var random = new Random(20240606);
        for (int n = 0; n < 5_000; n++) {
            var said = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int c = switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> random.nextInt(0x10000);
                    case 2 -> 0xD800 + random.nextInt(0x800);
                    default -> 0x2000 + random.nextInt(0x80);
                };
                said.append((char) c);
            }
            var head = new EventHead(AccountId.of("shop"), "shop-1", Instant.EPOCH, OptionalLong.of(n));
            byte[] line = CloudEvents.encode(new Lifecycle.Refused(head, said.toString()));
            String read = JSON.readTree(line).at("/data/reason").asString();
            assertThat(read)
                    .isEqualTo(new String(said.toString().getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16));
            assertThat(line).doesNotContain('\n');
        }
    }
}
