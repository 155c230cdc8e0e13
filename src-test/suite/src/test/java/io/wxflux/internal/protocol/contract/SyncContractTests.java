package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.wire.SyncBody;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** PROTOCOL 8.2 and 8.3. */
class SyncContractTests {
    private static final SyncKey KEY = new SyncKey(List.of(
            new SyncKey.Entry(1, 698_325_105),
            new SyncKey.Entry(201, 1_700_000_000),
            new SyncKey.Entry(2, 3_000_000_000L)));

    private static final String ANSWER = """
            {"BaseResponse": {"Ret": 0, "ErrMsg": ""}, "AddMsgCount": 2, "AddMsgList": [
            {"MsgId": "8032721323945545465", "NewMsgId": 8032721323945545465, "MsgType": 1, "Content": "二", "FromUserName": "@b"},
            {"MsgId": "12", "NewMsgId": 12, "MsgType": 1, "Content": "一", "FromUserName": "@a"}],
            "ModContactCount": 1, "ModContactList": [{"UserName": "@mod", "NickName": "改名", "HeadImgUpdateFlag": 1}],
            "DelContactCount": 1, "DelContactList": [{"UserName": "@gone", "ContactFlag": 0}],
            "ModChatRoomMemberCount": 0, "ModChatRoomMemberList": [],
            "Profile": {"BitFlag": 0, "UserName": {"Buff": ""}, "NickName": {"Buff": ""}},
            "ContinueFlag": 1,
            "SyncKey": {"Count": 2, "List": [{"Key": 1, "Val": 698325106}, {"Key": 201, "Val": 1700000001}]},
            "SKey": "@crypt_2d_canary",
            "SyncCheckKey": {"Count": 3, "List": [{"Key": 1, "Val": 698325107}, {"Key": 201, "Val": 2}, {"Key": 1001, "Val": 3}]}}
            """;

    @RegisterExtension
    final Wire wire = new Wire();

    private Mono<SyncBody> sync() {
        return Sync.sync(wire.service(), Wire.HOSTS, Wire.CREDENTIALS, KEY);
    }

    private SyncBody synced(String answer) {
        wire.answer(answer);
        return Wire.await(sync());
    }

    @Test
    void postsTheKeyInTheServersOrder() {
        synced(ANSWER);

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxsync");
        assertThat(seen.query())
                .containsExactly(
                        "sid=canarySid%2B%2F1%3D%3D",
                        "skey=%40crypt_0a_canary", "lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"SyncKey\":{\"Count\":3,\"List\":[{\"Key\":1,\"Val\":698325105},"
                        + "{\"Key\":201,\"Val\":1700000000},{\"Key\":2,\"Val\":3000000000}]},\"rr\":" + Wire.NOT_NOW
                        + "}");
    }

    @Test
    void readsMessagesContactsAndBothKeys() {
        SyncBody body = synced(ANSWER);

        assertThat(body.messages())
                .extracting(message -> message.id().value())
                .containsExactly("8032721323945545465", "12");
        assertThat(body.messages().get(0).raw().toString()).doesNotContain("二");
        assertThat(body.modified())
                .extracting(contact -> contact.contact().nickName())
                .containsExactly("改名");
        assertThat(body.deleted()).containsExactly(UserName.of("@gone"));
        assertThat(body.more()).isTrue();
        assertThat(body.syncKey().query()).isEqualTo("1_698325106|201_1700000001");
        assertThat(body.syncCheckKey().query()).isEqualTo("1_698325107|201_2|1001_3");
        assertThat(body.skey()).isEqualTo("@crypt_2d_canary");
    }

    @Test
    void withoutACheckKeyTheOneKeyServesForBoth() {
        SyncBody body = synced("{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[],\"SKey\":\"\",\"ContinueFlag\":0,"
                + "\"SyncKey\":{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":9}]}}");

        assertThat(body.syncKey().query()).isEqualTo("1_9");
        assertThat(body.syncCheckKey()).isEqualTo(body.syncKey());
        assertThat(body.skey()).isEmpty();
        assertThat(body.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Count\":0,\"List\":[]}",
                "{\"Count\":2,\"List\":[{\"Key\":1,\"Val\":9}]}",
                "{\"Count\":1,\"List\":[{\"Key\":1}]}",
                "{}",
                "null"
            })
    void anEmptyOrHalfKeyNeverReplacesOne(String key) {
        SyncBody body = synced("{\"BaseResponse\":{\"Ret\":0},\"SyncKey\":" + key + ",\"SyncCheckKey\":" + key + "}");

        assertThat(body.syncKey().isEmpty()).isTrue();
        assertThat(body.syncCheckKey().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"BaseResponse\":{}}",
                "{\"BaseResponse\":{\"Ret\":\"canary\"}}",
                "{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[{\"MsgId\":\"1\",\"Content\":\"canary",
                "<html>canary</html>"
            })
    void whatIsNoWholeAnswerBringsNothing(String body) {
        wire.answer(body);

        assertThat(Wire.failure(sync()))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageStartingWith("webwxsync was answered with");
    }
}
