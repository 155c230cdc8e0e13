package io.wxflux.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {
    private static final BaseRequest BASE = new BaseRequest(1234567890L, "sid/+=", "@crypt_1_2", "e000000000000001");
    private static final String HEAD =
            "{\"BaseRequest\":{\"Uin\":1234567890,\"Sid\":\"sid/+=\",\"Skey\":\"@crypt_1_2\","
                    + "\"DeviceID\":\"e000000000000001\"}";
    private static final UserName ME = UserName.of("@me");
    private static final UserName YOU = UserName.of("@you");

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void initIsOnlyWhoAsks() {
        assertThat(text(RequestBodies.init(BASE))).isEqualTo(HEAD + "}");
    }

    @Test
    void aStatusNotify() {
        assertThat(text(RequestBodies.statusNotify(BASE, 3, ME, ME, "1700000000123")))
                .isEqualTo(HEAD + ",\"Code\":3,\"FromUserName\":\"@me\",\"ToUserName\":\"@me\","
                        + "\"ClientMsgId\":\"1700000000123\"}");
    }

    @Test
    void aSyncShowsItsKeyInOrder() {
        var key = new SyncKey(List.of(new SyncKey.Entry(3, 5_000_000_000L), new SyncKey.Entry(1, 2)));
        assertThat(text(RequestBodies.sync(BASE, key, -123456789)))
                .isEqualTo(HEAD + ",\"SyncKey\":{\"Count\":2,\"List\":[{\"Key\":3,\"Val\":5000000000},"
                        + "{\"Key\":1,\"Val\":2}]},\"rr\":-123456789}");
    }

    @Test
    void aBatchNamesRoomsOnlyForMembers() {
        var queries =
                List.of(RequestBodies.ContactQuery.of(YOU), new RequestBodies.ContactQuery(YOU, UserName.of("@@room")));
        assertThat(text(RequestBodies.batchContacts(BASE, queries)))
                .isEqualTo(HEAD + ",\"Count\":2,\"List\":[{\"UserName\":\"@you\",\"EncryChatRoomId\":\"\"},"
                        + "{\"UserName\":\"@you\",\"EncryChatRoomId\":\"@@room\"}]}");
    }

    @Test
    void aTextGoesOutAsItIs() {
        String said = "你好 😀 a/b <b> & \"q\"\n\u2028 é";
        assertThat(text(SendBodies.message(BASE, ME, YOU, MessageForm.of(1, said), "17000000001230001")))
                .isEqualTo(HEAD + ",\"Msg\":{\"Type\":1,\"Content\":\"你好 😀 a/b <b> & \\\"q\\\"\\n\u2028 é\","
                        + "\"FromUserName\":\"@me\",\"ToUserName\":\"@you\",\"LocalID\":\"17000000001230001\","
                        + "\"ClientMsgId\":\"17000000001230001\"},\"Scene\":0}");
    }

    @Test
    void halfASurrogateDoesNotStopASend() {
        assertThat(text(SendBodies.message(BASE, ME, YOU, MessageForm.of(1, "a\uD83Db"), "1")))
                .contains("\"a\uFFFDb\"");
    }

    @Test
    void longTextsAreWhole() {
        String said = "漢😀".repeat(50_000);
        assertThat(text(SendBodies.message(BASE, ME, YOU, MessageForm.of(1, said), "1")))
                .contains(said);
    }

    @Test
    void theSecretsAreNotPrinted() {
        assertThat(BASE.toString()).doesNotContain("sid", "crypt", "e0000");
    }
}
